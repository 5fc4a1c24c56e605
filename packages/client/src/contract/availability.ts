import { z } from 'zod'
import { query } from './define.ts'
import { quantity } from './movements.ts'
import { reservationStatus } from './reservations.ts'
import { baseUnits, day, id, moment } from './values.ts'

/** Why a lot may not go out: set aside for a look, called back, or past its last good day. */
export const unavailability = z.enum(['hold', 'recalled', 'expired'])

/** Goods in one bin, of one lot. */
const place = {
  locationId: id,
  locationCode: z.string(),
  lotId: id.nullable(),
  lotCode: z.string().nullable(),
  /** The last good day of the lot, `YYYY-MM-DD`. */
  expiresOn: z.string().nullable(),
}

/** Why available is what it is: `onHand` less all that stands beside it. Everything in base units. */
export const explain = query('operator', {
  input: z.strictObject({
    productId: id,
    /** At this location or a place in it. Absent: everywhere. */
    locationId: id.optional(),
    lotId: id.optional(),
  }),
  output: z.object({
    productId: id,
    sku: z.string(),
    productName: z.string(),
    baseUnit: z.string(),
    onHand: z.int(),
    /** On hand, but of a lot that may not go out now. */
    unavailable: z.object({ hold: z.int(), recalled: z.int(), expired: z.int() }),
    /** Set aside by the reservations that hold nothing outside of the asked-for place and lot. */
    held: z.int(),
    /** Of `held`: what cannot be had, because it is gone or of a lot that may not go out. */
    short: z.int(),
    /** Also needed from here: reservations of a wider place, or of any lot, cannot do without it. */
    heldFurtherOut: z.int(),
    /** `onHand` less what is unavailable, less `held` as far as not `short`, less `heldFurtherOut`. */
    available: z.int(),
    /** What is set aside here or further out, the first come first: two hundred at most. */
    reservations: z.array(
      z.object({
        id,
        status: reservationStatus,
        locationId: id,
        locationCode: z.string(),
        lotId: id.nullable(),
        lotCode: z.string().nullable(),
        /** Base units still held. */
        open: z.int(),
        /** Of `open`: what cannot be had. */
        short: z.int(),
        /** It holds nothing outside of the asked-for place and lot, and so counts in `held`. */
        isInside: z.boolean(),
        expiresAt: moment.nullable(),
        partnerId: id.nullable(),
        partnerName: z.string().nullable(),
        reference: z.string().nullable(),
      }),
    ),
    /** Where the goods lie: two hundred places at most. */
    levels: z.array(
      z.object({
        ...place,
        onHand: z.int(),
        /** `null`: it may go out. */
        unavailable: unavailability.nullable(),
        /** What may be taken from this very bin and lot. */
        available: z.int(),
      }),
    ),
  }),
})

/**
 * Which goods to take, the first to expire first: by last good day (lots without one at the end),
 * then by when the lot first came, then by the picker's way. Takes nothing that is expired, on
 * hold, recalled, too short-lived or held for others, and says so. Throws RESERVATION_EXPIRED,
 * RESERVATION_CLOSED, RESERVATION_EXCEEDED, REFERENCE_NOT_FOUND, QUANTITY_NOT_WHOLE.
 */
export const suggestPick = query('operator', {
  input: z.strictObject({
    productId: id,
    /** Only from this location or a place in it. */
    locationId: id.optional(),
    quantity,
    /** Absent: `quantity` counts base units. */
    packagingId: id.optional(),
    /** For whom: takes no lot with fewer good days left than this customer accepts. */
    partnerId: id.optional(),
    /** Good days that must be left. The strictest counts: this, the product's or the customer's. */
    minimumShelfLifeDays: z.int().min(0).max(36_500).optional(),
    /** Pick what this reservation holds: from its place, of its lot. */
    reservationId: id.optional(),
    /** The day of the pick, `YYYY-MM-DD`. Default: today, by UTC. */
    on: day.optional(),
  }),
  output: z.object({
    on: z.string(),
    /** Good days that had to be left. */
    minimumShelfLifeDays: z.int(),
    /** Base units asked for. */
    requested: z.int(),
    /** Base units of all `picks`. */
    picked: z.int(),
    /** Base units that could not be found. */
    short: z.int(),
    picks: z.array(z.object({ ...place, quantity: baseUnits })),
    /** What was passed over, in the same order: two hundred places at most. */
    leftOut: z.array(
      z.object({
        ...place,
        reason: z.enum([...unavailability.options, 'short_lived', 'held']),
        quantity: baseUnits,
      }),
    ),
  }),
})
