import { z } from 'zod'
import { explain, suggestPick } from './availability.ts'
import { mutation, query, subscription } from './define.ts'
import { listInput, page, search } from './list.ts'
import { movement } from './movements.ts'
import { day, id, line, moment } from './values.ts'
import {
  dayOrNullIs,
  idIs,
  idOrNullIs,
  integerIs,
  sharedTextIs,
  textIs,
  textOrNullIs,
  treeIdIs,
} from './where.ts'

/** What is on hand of a product, at a location, of a lot. */
export const stockLevel = z.object({
  productId: id,
  sku: z.string(),
  productName: z.string(),
  baseUnit: z.string(),
  locationId: id,
  locationCode: z.string(),
  lotId: id.nullable(),
  lotCode: z.string().nullable(),
  expiresOn: z.string().nullable(),
  /** Base units. */
  onHand: z.int(),
})

/** Up to when the book is closed. */
export const closing = z.object({
  /** Grows with every closing; the last one is in force. */
  id: z.int(),
  /** Nothing is posted that happened before this moment. */
  closedBefore: moment,
  reason: z.string(),
  closedBy: id,
  closedByName: z.string(),
  recordedAt: moment,
})

const scope = {
  productId: id.optional(),
  /** At this location or a place in it. */
  locationId: id.optional(),
  lotId: id.optional(),
  /** Of this category or one below it. */
  categoryId: id.optional(),
}

/**
 * What the fields of a row must be like; all that is given must hold. Whole ids, and texts of SKU and
 * product name, are looked up; any other field reads levels in the order of the list until the page is full.
 */
const levelIs = z
  .strictObject({
    productId: idIs,
    sku: textIs,
    productName: textIs,
    baseUnit: sharedTextIs,
    locationId: treeIdIs,
    locationCode: textIs,
    lotId: idOrNullIs,
    lotCode: textOrNullIs,
    expiresOn: dayOrNullIs,
    onHand: integerIs,
  })
  .optional()

/** A position in the book: the id of a movement, or 0 before the first. */
const position = z.int().min(0)

export const stock = {
  /** What is on hand now. */
  levels: query('operator', {
    input: z.strictObject({
      ...listInput(['sku', 'onHand']),
      ...scope,
      /** Words found in the product's name or SKU. */
      search,
      /** Also levels that have come to zero. Default `false`. */
      includeZero: z.boolean().default(false),
      where: levelIs,
    }),
    output: page(stockLevel),
  }),
  /** The movements of one product, with the change each made and what was on hand after it. */
  history: query('operator', {
    input: z.strictObject({
      /** At most this many items. Default 50, at most 200. */
      limit: z.int().min(1).max(200).default(50),
      cursor: z.string().max(1000).optional(),
      productId: id,
      /** At this location or a place in it. Absent: everywhere. */
      locationId: id.optional(),
      lotId: id.optional(),
    }),
    output: page(
      movement.extend({
        /** Base units that the asked-for place gained (positive) or lost (negative). */
        change: z.int(),
        /** On hand at the asked-for place after it, in the order in which things happened. */
        onHandAfter: z.int(),
      }),
    ),
  }),
  /** What was on hand at a moment: the sum of all that had happened by then. */
  asOf: query('operator', {
    input: z.strictObject({
      ...listInput(['sku']),
      ...scope,
      /** The moment; what happened exactly then is counted. */
      at: moment,
      /** Count only what the book knew by this moment. Default: all that it knows now. */
      knownAt: moment.optional(),
      where: levelIs,
    }),
    output: page(stockLevel),
  }),
  /**
   * What changes, as it is posted, by whichever server. The first event says where in the book it
   * begins; each has the position to go on from after a lost connection, so that none is missed and
   * none comes twice. Throws TOO_MANY_SUBSCRIPTIONS (five a user at each server process), INVALID_CURSOR
   * when the position is none of this book, and SIGN_IN_REQUIRED as soon as the caller may not listen any
   * more.
   */
  changes: subscription('operator', {
    input: z.strictObject({
      productId: id.optional(),
      /** From or to this location or a place in it. */
      locationId: id.optional(),
      /** Also what was posted after this position. Default: what is posted from now on. */
      after: position.optional(),
      /** The same as text, as browsers send it when they connect again. */
      lastEventId: z
        .string()
        .regex(/^\d{1,15}$/)
        .optional(),
    }),
    output: z.object({
      /** Nothing up to here is missing: go on from it with `after`. */
      position,
      /** Movements in the order of the book, at most 200. */
      changes: z.array(movement),
      /** What is on hand now at every place that they changed. */
      levels: z.array(
        z.object({
          productId: id,
          locationId: id,
          lotId: id.nullable(),
          /** Base units. */
          onHand: z.int(),
        }),
      ),
    }),
  }),
  /** The closing in force. `null`: the book was never closed. */
  closing: query('operator', { input: z.strictObject({}).optional(), output: closing.nullable() }),
  /**
   * Closes the book: what happened before the moment is posted no more (PERIOD_CLOSED), be it a
   * movement, a count or a correction. An earlier moment than the one in force opens the book again.
   */
  close: mutation('admin', {
    input: z.strictObject({
      /** Not later than now. What happened exactly then may still be posted. */
      closedBefore: moment,
      reason: line(500),
    }),
    output: closing,
  }),
  explain,
  suggestPick,
  /**
   * Proves for the whole book that each level, and each kept sum, is that of its movements. It reads all
   * of it, for at most ten minutes: of millions of movements, wait longer than usual (`timeoutMs`).
   */
  verify: query('admin', {
    input: z.strictObject({}).optional(),
    output: z.object({
      /** No fault was found. */
      ok: z.boolean(),
      checkedMovements: z.int(),
      checkedLevels: z.int(),
      /** At most 100 of them. */
      faults: z.array(
        z.object({
          productId: id,
          locationId: id,
          lotId: id.nullable(),
          /** What the level says, base units. */
          onHand: z.int(),
          /** What the movements sum up to, base units. */
          summed: z.int(),
          /** The first moment at which the sum was below zero. */
          belowZeroAt: moment.nullable(),
          /** The first day, or first of a month, whose kept sum is not that of its movements. */
          sumsWrongOn: day.nullable(),
        }),
      ),
    }),
  }),
}
