import { z } from 'zod'
import { mutation, query } from './define.ts'
import { archived, listInput, page, search } from './list.ts'
import { archiveInput, byId, code, id, lifecycle, line, text, updateOf } from './values.ts'
import {
  choiceIs,
  integerOrNullIs,
  lifecycleIs,
  sharedTextOrNullIs,
  textIs,
  textOrNullIs,
  values,
  valuesInput,
} from './where.ts'

export const partnerKind = z.enum(['supplier', 'customer'])

export const partner = z.object({
  id,
  kind: partnerKind,
  /** The short name used on paper and in other systems. Unique among suppliers, and among customers. */
  code: z.string(),
  name: z.string(),
  contactName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  country: z.string().nullable(),
  /** Days. A customer takes no lot with fewer good days left. `null`: any. */
  minimumShelfLifeDays: z.int().nullable(),
  ...lifecycle,
})

const required = { code, name: line(300) }
const optional = {
  contactName: line(200).nullable(),
  email: z.email().max(254).nullable(),
  phone: line(50).nullable(),
  address: text(1000).nullable(),
  country: line(100).nullable(),
  /** Days. A customer takes no lot with fewer good days left. */
  minimumShelfLifeDays: z.int().min(0).max(36_500).nullable(),
}

export const partners = {
  list: query('operator', {
    input: z.strictObject({
      ...listInput(['name', 'code', 'createdAt']),
      /** Words found in name or code. */
      search,
      archived,
      kind: partnerKind.optional(),
      /** What the fields of a row must be like; all that is given must hold. */
      where: z
        .strictObject({
          kind: choiceIs(partnerKind),
          code: textIs,
          name: textIs,
          contactName: textOrNullIs,
          email: textOrNullIs,
          phone: textOrNullIs,
          address: textOrNullIs,
          country: sharedTextOrNullIs,
          minimumShelfLifeDays: integerOrNullIs,
          ...lifecycleIs,
        })
        .optional(),
    }),
    output: page(partner),
  }),
  get: query('operator', { input: byId, output: partner }),
  /** Which countries partners are of. */
  values: query('operator', { input: valuesInput(['country']), output: values }),
  /** Throws ALREADY_EXISTS when the kind has a partner of this code. */
  create: mutation('operator', {
    input: z.strictObject({
      kind: partnerKind,
      ...required,
      contactName: optional.contactName.default(null),
      email: optional.email.default(null),
      phone: optional.phone.default(null),
      address: optional.address.default(null),
      country: optional.country.default(null),
      minimumShelfLifeDays: optional.minimumShelfLifeDays.default(null),
    }),
    output: partner,
  }),
  /** Changes what is given. A supplier never becomes a customer. */
  update: mutation('operator', {
    input: z.strictObject({
      ...updateOf,
      ...z.object({ ...required, ...optional }).partial().shape,
    }),
    output: partner,
  }),
  archive: mutation('operator', { input: archiveInput, output: partner }),
}
