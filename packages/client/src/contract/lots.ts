import { z } from 'zod'
import { mutation, query } from './define.ts'
import { archived, listInput, oneOf, page, search } from './list.ts'
import {
  archiveInput,
  byId,
  code,
  day,
  id,
  lifecycle,
  moment,
  summedUnits,
  updateOf,
} from './values.ts'
import { choiceIs, dayOrNullIs, idIs, lifecycleIs, textIs } from './where.ts'

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

/** Goods of a lot that went out, and to whom. */
const shipment = z.object({
  movementId: z.int(),
  commandId: id,
  fromLocationId: id,
  locationCode: z.string(),
  /** Base units. */
  quantity: z.int(),
  occurredAt: moment,
  reference: z.string().nullable(),
  /** `null`: nobody was named. */
  partnerId: id.nullable(),
  partnerCode: z.string().nullable(),
  partnerName: z.string().nullable(),
  /** Whom to call, and how. */
  contactName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
})

export const lots = {
  list: query('operator', {
    input: z.strictObject({
      ...listInput(['code', 'expiresOn', 'createdAt']),
      /** Words found in the code. */
      search,
      archived,
      productId: id.optional(),
      status: lotStatus.optional(),
      /** In any of these states. */
      statuses: oneOf(lotStatus),
      /** Last good day on or before this one, `YYYY-MM-DD`. */
      expiresUntil: day.optional(),
      /** What the fields of a row must be like; all that is given must hold. */
      where: z
        .strictObject({
          productId: idIs,
          code: textIs,
          expiresOn: dayOrNullIs,
          status: choiceIs(lotStatus),
          ...lifecycleIs,
        })
        .optional(),
    }),
    output: page(lot),
  }),
  get: query('operator', { input: byId, output: lot }),
  /**
   * For a recall: where the lot is now, and page by page to whom it went. What was taken back went
   * nowhere. For who is restricted to warehouses, a transfer from or to another one was received or
   * shipped.
   */
  trace: query('operator', {
    input: z.strictObject({ id, ...listInput(['partner', 'occurredAt']) }),
    output: page(shipment).extend({
      lot,
      sku: z.string(),
      productName: z.string(),
      /** Base units that ever came in, less what was taken back. */
      received: summedUnits,
      /** Base units that ever went out, less what was taken back. */
      shipped: summedUnits,
      /** Base units found, less those lost. */
      adjusted: summedUnits,
      /** Base units on hand now: `received` less `shipped`, plus `adjusted`. */
      onHand: z.int(),
      /** Where they lie: two hundred places at most. */
      levels: z.array(z.object({ locationId: id, locationCode: z.string(), onHand: z.int() })),
    }),
  }),
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
