import { z } from 'zod'
import { mutation, query } from './define.ts'
import { listInput, oneOf, page } from './list.ts'
import { baseUnits, id, line, moment, text } from './values.ts'
import {
  choiceIs,
  decimalOrNullIs,
  idIs,
  idOrNullIs,
  integerIs,
  integerOrNullIs,
  momentIs,
  textIs,
  textOrNullIs,
  treeIdOrNullIs,
} from './where.ts'

export const movementType = z.enum(['incoming', 'outgoing', 'transfer', 'adjustment'])

/** The position of a movement in the book. */
export const movementId = z.int().min(1)

/** Chosen by the caller before the first send and kept over retries: the same id never works twice. */
export const commandId = z.uuid().toLowerCase()

/** The most lines one command may have. */
export const maxLines = 10_000

/**
 * How much: a whole number of base units, or, with `packagingId`, of that packaging. A fraction of
 * a packaging is a decimal string ("0.5") and must come out as whole base units.
 */
export const quantity = z.union(
  [
    baseUnits,
    z
      .string()
      .regex(
        /^\d{1,15}(\.\d{1,6})?$/,
        'write a decimal number with at most six places, like "0.5"',
      ),
  ],
  {
    error:
      'write a whole number of base units, at least 1, or with packagingId a decimal string like "0.5"',
  },
)

const goods = {
  productId: id,
  /** Needed when the product is tracked by lot, refused otherwise. */
  lotId: id.nullable().default(null),
  quantity,
  /** Absent: `quantity` counts base units. */
  packagingId: id.nullable().default(null),
}

const reason = line(500)

export const movementLine = z.discriminatedUnion('type', [
  /** Comes from outside. */
  z.strictObject({
    type: z.literal('incoming'),
    ...goods,
    toLocationId: id,
    reason: reason.nullable().default(null),
  }),
  /** Goes outside. */
  z.strictObject({
    type: z.literal('outgoing'),
    ...goods,
    fromLocationId: id,
    reason: reason.nullable().default(null),
    /** Ships what this reservation holds. */
    reservationId: id.nullable().default(null),
    /**
     * Ship it although its lot is expired, on hold or recalled. Only an administrator may, and must
     * give a `reason`.
     */
    allowUnavailableLot: z.boolean().default(false),
  }),
  /** Changes its place. */
  z.strictObject({
    type: z.literal('transfer'),
    ...goods,
    fromLocationId: id,
    toLocationId: id,
    reason: reason.nullable().default(null),
  }),
  /** Was found (`toLocationId`) or is lost (`fromLocationId`): exactly one of the two, and why. */
  z.strictObject({
    type: z.literal('adjustment'),
    ...goods,
    fromLocationId: id.nullable().default(null),
    toLocationId: id.nullable().default(null),
    reason,
  }),
  /** Takes an earlier movement back. */
  z.strictObject({
    type: z.literal('reversal'),
    movementId,
    reason: reason.nullable().default(null),
  }),
])

export const movement = z.object({
  id: movementId,
  commandId: id,
  /** Which line of its command this is, from 0. */
  line: z.int(),
  type: movementType,
  productId: id,
  sku: z.string(),
  productName: z.string(),
  lotId: id.nullable(),
  /** `null`: from outside of the house, or of the warehouses that the caller is restricted to. */
  fromLocationId: id.nullable(),
  /** `null`: to outside of them. */
  toLocationId: id.nullable(),
  /** Base units. */
  quantity: z.int(),
  packagingId: id.nullable(),
  /** How many packagings, as a decimal string. `null`: it was counted in base units. */
  packagingQuantity: z.string().nullable(),
  reason: z.string().nullable(),
  /** The movement that this one takes back. */
  reversesId: movementId.nullable(),
  /** The movement that takes this one back. */
  reversedById: movementId.nullable(),
  /** The reservation that it shipped from. A reversal names none: the movement that it takes back does. */
  reservationId: id.nullable(),
  /** The line of an inventory check whose count it carries into the book. */
  checkLineId: id.nullable(),
  /** The movement whose effect on an inventory check posted before it is undone by this one. */
  compensatesId: movementId.nullable(),
  actorId: id,
  actorName: z.string(),
  /** Which scanner or phone it came from, as that calls itself. */
  deviceId: z.string().nullable(),
  partnerId: id.nullable(),
  reference: z.string().nullable(),
  note: z.string().nullable(),
  /** When it happened. */
  occurredAt: moment,
  /** When the book learned of it. */
  recordedAt: moment,
})

/** What became of a command. */
export const postedCommand = z.object({
  commandId: id,
  /** True when the command was posted by an earlier call and this is its first answer again. */
  replayed: z.boolean(),
  occurredAt: moment,
  recordedAt: moment,
  /** One for each line, in the order of the lines; then those that compensate for a line. */
  movements: z.array(
    z.object({
      id: movementId,
      type: movementType,
      productId: id,
      lotId: id.nullable(),
      fromLocationId: id.nullable(),
      toLocationId: id.nullable(),
      /** Base units. */
      quantity: z.int(),
      reversesId: movementId.nullable(),
      reservationId: id.nullable(),
      compensatesId: movementId.nullable(),
    }),
  ),
})

const commandFields = {
  commandId,
  /** When it happened. Default: now. May lie in the past, not in the future. */
  occurredAt: moment.optional(),
  /** From whom or to whom. */
  partnerId: id.nullable().default(null),
  /** A number on paper or in another system. */
  reference: line(200).nullable().default(null),
  note: text(2000).nullable().default(null),
  /** Which scanner or phone it comes from, as that calls itself. */
  deviceId: line(100).nullable().default(null),
  /**
   * For a command dated before a posted inventory check of the same goods: whether that count saw what
   * it did. `true`: it did, so an adjustment linked to the movement keeps the counted figure. `false`:
   * it did not, and the figure since then changes by the movement.
   */
  wasCounted: z.boolean().default(true),
}

export const movements = {
  /**
   * Posts one command: all its lines together, or none. The sums per product, location and lot are
   * checked at the end of the command. Throws INSUFFICIENT_STOCK, INSUFFICIENT_STOCK_IN_PAST,
   * ALREADY_REVERSED, NOT_REVERSIBLE, ARCHIVED, PERIOD_CLOSED and LOT_NOT_AVAILABLE (these are
   * remembered: the same id stays refused), COMMAND_ID_REUSED, REFERENCE_NOT_FOUND,
   * QUANTITY_NOT_WHOLE, LOT_REQUIRED, LOT_NOT_ALLOWED, LOCATION_HOLDS_NO_STOCK, OCCURRED_AT_IN_FUTURE,
   * ADMIN_REQUIRED, OUTSIDE_WAREHOUSES with the line and the place; UNAVAILABLE, with
   * `retryAfterSeconds`, when too many commands wait already; SIGN_IN_REQUIRED, with nothing posted, also
   * when the caller was shut out while the command waited.
   */
  post: mutation('operator', {
    input: z.strictObject({ ...commandFields, lines: z.array(movementLine).min(1).max(maxLines) }),
    output: postedCommand,
  }),
  /**
   * Takes back movements, or a whole command that is named by `reversedCommandId`. What was shipped
   * against a reservation is held by it again, unless it was given back or has expired meanwhile: then
   * the goods are free. Throws as `post` does; OUTSIDE_WAREHOUSES unless all their places are in the
   * caller's warehouses.
   */
  reverse: mutation('operator', {
    input: z
      .strictObject({
        ...commandFields,
        movementIds: z.array(movementId).min(1).max(maxLines).optional(),
        reversedCommandId: id.optional(),
        reason,
      })
      .refine(
        (value) => (value.movementIds === undefined) !== (value.reversedCommandId === undefined),
        {
          error: 'name either movementIds or reversedCommandId',
        },
      ),
    output: postedCommand,
  }),
  list: query('operator', {
    input: z.strictObject({
      ...listInput(['id', 'occurredAt']),
      /** Newest first by default. */
      direction: z.enum(['ascending', 'descending']).default('descending'),
      productId: id.optional(),
      lotId: id.optional(),
      /** At this location or a place in it, on either side. */
      locationId: id.optional(),
      commandId: id.optional(),
      partnerId: id.optional(),
      actorId: id.optional(),
      reference: line(200).optional(),
      type: movementType.optional(),
      /** Of any of these types. */
      types: oneOf(movementType),
      /** Happened at or after. */
      occurredFrom: moment.optional(),
      /** Happened before. */
      occurredBefore: moment.optional(),
      /**
       * What the fields of a row must be like; all that is given must hold. The book may be long: `id`,
       * `occurredAt` and whole ids are looked up, and so are `sku`, `productName` and a whole `reference`;
       * any other field reads the book from the end at which the list begins until the page is full.
       */
      where: z
        .strictObject({
          id: integerIs,
          commandId: idIs,
          type: choiceIs(movementType),
          productId: idIs,
          sku: textIs,
          productName: textIs,
          lotId: idOrNullIs,
          fromLocationId: treeIdOrNullIs,
          toLocationId: treeIdOrNullIs,
          quantity: integerIs,
          packagingQuantity: decimalOrNullIs,
          reason: textOrNullIs,
          reversesId: integerOrNullIs,
          reversedById: integerOrNullIs,
          actorId: idIs,
          actorName: textIs,
          deviceId: textOrNullIs,
          partnerId: idOrNullIs,
          reference: textOrNullIs,
          note: textOrNullIs,
          occurredAt: momentIs,
          recordedAt: momentIs,
        })
        .optional(),
    }),
    output: page(movement),
  }),
  get: query('operator', { input: z.strictObject({ id: movementId }), output: movement }),
}
