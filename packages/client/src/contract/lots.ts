import { z } from 'zod'
import { mutation, query } from './define.ts'
import { archived, listInput, page, search } from './list.ts'
import { archiveInput, byId, code, day, id, lifecycle, updateOf } from './values.ts'

export const lotStatus = z.enum(['available', 'hold', 'recalled'])

export const lot = z.object({
  id,
  productId: id,
  /** As printed on the goods. Unique within its product. */
  code: z.string(),
  /** The last good day, `YYYY-MM-DD`. `null`: it does not expire. */
  expiresOn: z.string().nullable(),
  status: lotStatus,
  ...lifecycle,
})

const fields = { code, expiresOn: day.nullable(), status: lotStatus }

export const lots = {
  list: query('operator', {
    input: z.strictObject({
      ...listInput(['code', 'expiresOn', 'createdAt']),
      /** Words found in the code. */
      search,
      archived,
      productId: id.optional(),
      status: lotStatus.optional(),
      /** Last good day on or before this one, `YYYY-MM-DD`. */
      expiresUntil: day.optional(),
    }),
    output: page(lot),
  }),
  get: query('operator', { input: byId, output: lot }),
  /** Throws ALREADY_EXISTS (`code`), LOT_NOT_ALLOWED when the product is not tracked by lot. */
  create: mutation('operator', {
    input: z.strictObject({
      productId: id,
      ...fields,
      expiresOn: fields.expiresOn.default(null),
      status: fields.status.default('available'),
    }),
    output: lot,
  }),
  update: mutation('operator', {
    input: z.strictObject({ ...updateOf, ...z.object(fields).partial().shape }),
    output: lot,
  }),
  archive: mutation('operator', { input: archiveInput, output: lot }),
}
