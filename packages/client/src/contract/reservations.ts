import { z } from 'zod'
import { mutation, query } from './define.ts'
import { listInput, oneOf, page } from './list.ts'
import { commandId, quantity } from './movements.ts'
import { baseUnits, byId, id, line, moment, text } from './values.ts'
import {
  choiceIs,
  idIs,
  idOrNullIs,
  integerIs,
  momentIs,
  momentOrNullIs,
  textIs,
  textOrNullIs,
  treeIdIs,
} from './where.ts'

/**
 * `held`: nothing shipped yet. `partly_shipped`: some is. `short`: some of what is held is not there
 * any more. `shipped`, `released`, `expired`: nothing is open, and this ended it.
 */
export const reservationStatus = z.enum([
  'held',
  'partly_shipped',
  'shipped',
  'released',
  'expired',
  'short',
])

export const reservation = z.object({
  id,
  productId: id,
  sku: z.string(),
  productName: z.string(),
  /** The goods are held somewhere in here: a warehouse, a zone or one bin. */
  locationId: id,
  locationCode: z.string(),
  /** `null`: of any lot. */
  lotId: id.nullable(),
  lotCode: z.string().nullable(),
  /** Base units that were set aside. */
  quantity: z.int(),
  /** Base units shipped against it. */
  shipped: z.int(),
  /** Base units given back, by a person or by the clock. */
  released: z.int(),
  /** Base units still held: `quantity` less `shipped`, less `released`. */
  open: z.int(),
  /** Base units of the open ones that are not there any more. */
  short: z.int(),
  status: reservationStatus,
  /** From then on it holds nothing. `null`: until it is released. */
  expiresAt: moment.nullable(),
  partnerId: id.nullable(),
  /** For whom. */
  partnerName: z.string().nullable(),
  reference: z.string().nullable(),
  note: z.string().nullable(),
  createdBy: id,
  createdByName: z.string(),
  createdAt: moment,
  updatedAt: moment,
})

/** The most lines one order may have. */
const maxOrderLines = 200

const orderLine = z.strictObject({
  productId: id,
  /** Somewhere in here. */
  locationId: id,
  lotId: id.nullable().default(null),
  /** Base units. */
  quantity: baseUnits,
})

const heldLine = z.object({
  /** Base units that the line asked for, … */
  requested: z.int(),
  /** … that were set aside, … */
  held: z.int(),
  /** … and that could not be. */
  short: z.int(),
  /** As this command left it, whatever has become of it since. `null`: nothing was set aside. */
  reservation: reservation.nullable(),
})

/** For whom goods are set aside, and for how long. */
const holdHeader = {
  /** From then on it holds nothing. Must lie in the future. Default: until it is released. */
  expiresAt: moment.optional(),
  /** Instead of `expiresAt`: so many minutes from now. */
  expiresInMinutes: z.int().min(1).max(525_600).optional(),
  partnerId: id.nullable().default(null),
  reference: line(200).nullable().default(null),
  note: text(2000).nullable().default(null),
}

const endsOnce = [
  (value: { expiresAt?: Date | undefined; expiresInMinutes?: number | undefined }) =>
    value.expiresAt === undefined || value.expiresInMinutes === undefined,
  { path: ['expiresInMinutes'], error: 'give either expiresAt or expiresInMinutes' },
] satisfies [(value: never) => boolean, object]

/** One thing that happened to a reservation. */
export const reservationChange = z.object({
  /** `reversed`: what was shipped against it was taken back, and is held again. */
  kind: z.enum(['held', 'shipped', 'released', 'expired', 'short', 'recovered', 'reversed']),
  /** Base units it happened to. */
  quantity: z.int(),
  commandId: id.nullable(),
  /** `null`: the clock did it. */
  actorId: id.nullable(),
  actorName: z.string().nullable(),
  recordedAt: moment,
})

const answer = z.object({
  /** True when an earlier call did it and this is its answer again. */
  replayed: z.boolean(),
  /** As this command left it, whatever has become of it since. */
  reservation,
})

export const reservations = {
  /** Newest first by default. */
  list: query('operator', {
    input: z.strictObject({
      ...listInput(['createdAt']),
      direction: z.enum(['ascending', 'descending']).default('descending'),
      productId: id.optional(),
      /** At this location or a place in it. */
      locationId: id.optional(),
      lotId: id.optional(),
      partnerId: id.optional(),
      reference: line(200).optional(),
      status: reservationStatus.optional(),
      /** In any of these states. */
      statuses: oneOf(reservationStatus),
      /** Only those that still hold something. Default `false`. */
      openOnly: z.boolean().default(false),
      /** What the fields of a row must be like; all that is given must hold. */
      where: z
        .strictObject({
          productId: idIs,
          sku: textIs,
          productName: textIs,
          locationId: treeIdIs,
          locationCode: textIs,
          lotId: idOrNullIs,
          lotCode: textOrNullIs,
          quantity: integerIs,
          shipped: integerIs,
          released: integerIs,
          open: integerIs,
          short: integerIs,
          status: choiceIs(reservationStatus),
          expiresAt: momentOrNullIs,
          partnerId: idOrNullIs,
          partnerName: textOrNullIs,
          reference: textOrNullIs,
          note: textOrNullIs,
          createdBy: idIs,
          createdByName: textIs,
          createdAt: momentIs,
          updatedAt: momentIs,
        })
        .optional(),
    }),
    output: page(reservation),
  }),
  /** One reservation with all that happened to it, oldest first. */
  get: query('operator', {
    input: byId,
    output: reservation.extend({ changes: z.array(reservationChange) }),
  }),
  /**
   * Sets goods aside. Nobody else can ship or move them out of the location from then on.
   * Throws INSUFFICIENT_STOCK with what is available and what is held by others, LOT_NOT_AVAILABLE
   * and ARCHIVED (these are remembered: the same id stays refused), REFERENCE_NOT_FOUND,
   * LOT_NOT_ALLOWED, QUANTITY_NOT_WHOLE, OUTSIDE_WAREHOUSES, COMMAND_ID_REUSED.
   */
  hold: mutation('operator', {
    input: z
      .strictObject({
        commandId,
        productId: id,
        locationId: id,
        lotId: id.nullable().default(null),
        quantity,
        /** Absent: `quantity` counts base units. */
        packagingId: id.nullable().default(null),
        ...holdHeader,
      })
      .refine(...endsOnce),
    output: answer,
  }),
  /**
   * Sets the goods of an order aside, each line by a reservation of its own, all lines or none. With
   * `partial` each line gets what there is, the first line first: on hand 5, lines of 3 and 3 get
   * 3 and 2, and 1 is short.
   * Throws INSUFFICIENT_STOCK when a line cannot have all, or with `partial` when no line can have
   * anything; its `shortages` tell it of lines that want the same together. Otherwise throws as `hold`.
   */
  holdOrder: mutation('operator', {
    input: z
      .strictObject({
        commandId,
        lines: z.array(orderLine).min(1).max(maxOrderLines),
        /** Whether lines may get less than they ask for. Default `false`. */
        partial: z.boolean().default(false),
        ...holdHeader,
      })
      .refine(...endsOnce),
    output: z.object({
      /** True when an earlier call did it and this is its answer again. */
      replayed: z.boolean(),
      /** In the order of the lines asked for. */
      lines: z.array(heldLine),
    }),
  }),
  /**
   * Gives back what is still held, or some of it. What was given back or has expired is harmlessly
   * given back again. Shipping against a reservation is an `outgoing` line of `movements.post` that
   * names it; when that is taken back, the reservation holds the goods again, unless it was given back
   * or has expired meanwhile.
   * Throws RESERVATION_EXCEEDED when `quantity` is more than is open (remembered), NOT_FOUND,
   * COMMAND_ID_REUSED.
   */
  release: mutation('operator', {
    input: z.strictObject({
      commandId,
      id,
      /** Base units. Default: all that is open. */
      quantity: z.int().min(1).optional(),
    }),
    output: answer,
  }),
}
