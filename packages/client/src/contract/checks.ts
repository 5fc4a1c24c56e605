import { z } from 'zod'
import { mutation, query } from './define.ts'
import { listInput, oneOf, page, search } from './list.ts'
import { commandId } from './movements.ts'
import { abcClass } from './products.ts'
import { byId, id, line, moment, money, mostBaseUnits, text, updateOf } from './values.ts'
import {
  booleanIs,
  choiceIs,
  decimalIs,
  idIs,
  idOrNullIs,
  integerIs,
  lifecycleIs,
  momentOrNullIs,
  textIs,
  textOrNullIs,
} from './where.ts'

/** `open`: being counted. `review`: counted, to be approved. `posted`, `cancelled`: over. */
export const checkStatus = z.enum(['open', 'review', 'posted', 'cancelled'])

/**
 * `to_count`: nobody has counted it. `counted`: counted, and either the round goes on, or the variance
 * is for an administrator to decide. `recount`: another person must count it. `accepted`: within the
 * thresholds; who counts blind sees `counted` instead. `posted`: carried into the book. `skipped`:
 * left out on purpose.
 */
export const checkLineStatus = z.enum([
  'to_count',
  'counted',
  'recount',
  'accepted',
  'posted',
  'skipped',
])

/** Which goods at which places: all that is given must hold. */
export const checkScope = z.strictObject({
  /** At these locations or places in them. */
  locationIds: z.array(id).min(1).max(1000).optional(),
  /** Of these categories or ones below them. */
  categoryIds: z.array(id).min(1).max(1000).optional(),
  productIds: z.array(id).min(1).max(10_000).optional(),
  abcClasses: z.array(abcClass).min(1).max(3).optional(),
})

const percent = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,4})?$/, 'write a share in per cent with at most four places, like "2.5"')

export const check = z.object({
  id,
  title: z.string(),
  status: checkStatus,
  scope: checkScope,
  /**
   * Who counts does not learn what the book expects, nor what others have counted: operators never,
   * administrators not while the check is open.
   */
  isBlind: z.boolean(),
  /** A variance of at most this share of the expected quantity, in per cent, … */
  acceptPercent: z.string(),
  /** … and at most this value is accepted as it is. */
  acceptValue: z.string(),
  /** One of at most this share is settled by another person's recount; above, an administrator decides. */
  recountPercent: z.string(),
  /** The count that is under way: 1, and one more with each recount. */
  round: z.int(),
  remark: z.string().nullable(),
  openedBy: id,
  openedByName: z.string(),
  approvedBy: id.nullable(),
  approvedByName: z.string().nullable(),
  approvedAt: moment.nullable(),
  /** The command that carried the counts into the book. `null`: none has. */
  commandId: id.nullable(),
  /** How many lines there are, and how many are still to count in this round. */
  lines: z.int(),
  toCount: z.int(),
  createdAt: moment,
  updatedAt: moment,
  version: z.int(),
})

export const checkCount = z.object({
  /** 1 for the first count, one more for each recount. */
  round: z.int(),
  /** Base units. */
  quantity: z.int(),
  countedBy: id,
  countedByName: z.string(),
  countedAt: moment,
})

export const checkLine = z.object({
  id,
  checkId: id,
  productId: id,
  sku: z.string(),
  productName: z.string(),
  baseUnit: z.string(),
  locationId: id,
  locationCode: z.string(),
  lotId: id.nullable(),
  lotCode: z.string().nullable(),
  status: checkLineStatus,
  /** Found where nothing was expected. */
  isFound: z.boolean(),
  /** Every count, oldest first. The last one counts. Who counts blind sees only own ones. */
  counts: z.array(checkCount),
  /** Base units by the last count. `null`: not counted, or hidden like `counts`. */
  counted: z.int().nullable(),
  /**
   * Base units that there were at the moment of the last count by all that the book knows; what it
   * learns late of the time before belongs to it, until the check is posted. `null`: not counted, or
   * hidden from this caller, and so are the figures below.
   */
  expected: z.int().nullable(),
  /** `counted` less `expected`. */
  variance: z.int().nullable(),
  /** The variance as a share of `expected`, in per cent, a decimal string. `null` also when nothing was expected. */
  variancePercent: z.string().nullable(),
  /**
   * The variance in money, a decimal string, by unit cost or else list price. `null` also when neither
   * is known. Absent for operators.
   */
  varianceValue: z.string().nullable().optional(),
  /** Movements of these goods since they were counted: nothing is wrong, the variance stays right. */
  movedSince: z.int().nullable(),
})

const figures = {
  lines: z.int(),
  /** Lines that were counted. */
  counted: z.int(),
  /** Lines whose count was what the book expected. */
  exact: z.int(),
  /** `exact` as a share of `counted`, in per cent, a decimal string. `null`: nothing was counted. */
  accuracyPercent: z.string().nullable(),
  /** Base units, found less missing. */
  netUnits: z.int(),
  /** Base units, found plus missing. */
  absoluteUnits: z.int(),
  /** In money, found less missing, a decimal string. */
  netValue: z.string(),
  /** In money, found plus missing, a decimal string. */
  absoluteValue: z.string(),
}

export const checks = {
  /**
   * Newest first by default. Who is restricted to warehouses sees the checks of which all places are in
   * them.
   */
  list: query('operator', {
    input: z.strictObject({
      ...listInput(['createdAt']),
      direction: z.enum(['ascending', 'descending']).default('descending'),
      /** Words found in the title. */
      search,
      status: checkStatus.optional(),
      /** In any of these states. */
      statuses: oneOf(checkStatus),
      /** What the fields of a row must be like; all that is given must hold. */
      where: z
        .strictObject({
          title: textIs,
          status: choiceIs(checkStatus),
          isBlind: booleanIs,
          acceptPercent: decimalIs,
          acceptValue: decimalIs,
          recountPercent: decimalIs,
          round: integerIs,
          remark: textOrNullIs,
          openedBy: idIs,
          openedByName: textIs,
          approvedBy: idOrNullIs,
          approvedByName: textOrNullIs,
          approvedAt: momentOrNullIs,
          commandId: idOrNullIs,
          lines: integerIs,
          toCount: integerIs,
          ...lifecycleIs,
        })
        .optional(),
    }),
    output: page(check),
  }),
  get: query('operator', { input: byId, output: check }),
  /** The lines in the order in which a picker walks. */
  lines: query('operator', {
    input: z.strictObject({
      ...listInput(['place']),
      checkId: id,
      status: checkLineStatus.optional(),
      productId: id.optional(),
      /** At this location or a place in it. */
      locationId: id.optional(),
      /** Only lines whose count differs. Default `false`. Refused with WRONG_STATE for who counts blind. */
      differingOnly: z.boolean().default(false),
    }),
    output: page(checkLine),
  }),
  /**
   * Opens a check over all levels in the scope; an empty scope means everything. The goods go on
   * moving: nothing is blocked. A value is reckoned by unit cost, else by list price; where neither is
   * known, no limit of value applies. Throws REFERENCE_NOT_FOUND, INVALID_INPUT when the scope holds
   * nothing.
   */
  open: mutation('admin', {
    input: z.strictObject({
      title: line(200),
      scope: checkScope,
      isBlind: z.boolean().default(true),
      /** Default "0": every variance counts as one. Where nothing was expected, it is above every share. */
      acceptPercent: percent.default('0'),
      /** Default "0". */
      acceptValue: money.default('0'),
      /** Default "0": no recount, an administrator decides at once. */
      recountPercent: percent.default('0'),
      /** Also lines for levels that have come to zero. Default `false`. */
      includeZero: z.boolean().default(false),
    }),
    output: check,
  }),
  /**
   * Says how much there was of a line. Counting again replaces the count and keeps the old one.
   * What is expected are the goods at the moment of the count, whatever moves later.
   * Throws WRONG_STATE when the check or the line is not to be counted, SEPARATION_OF_DUTIES in a
   * recount by somebody who counted the line before, OCCURRED_AT_IN_FUTURE, COMMAND_ID_REUSED. No
   * refusal is remembered. A repetition is answered with the line as it is by now.
   */
  count: mutation('operator', {
    input: z.strictObject({
      commandId,
      lineId: id,
      /** Base units: zero or more. */
      quantity: z.int().min(0).max(mostBaseUnits),
      /** When it was counted. Default: now. May lie in the past, for a counter without a network. */
      countedAt: moment.optional(),
    }),
    output: checkLine,
  }),
  /**
   * Adds a line for goods that nobody expected there, or gives the line that is there already. Throws
   * WRONG_STATE, REFERENCE_NOT_FOUND, LOT_REQUIRED, LOT_NOT_ALLOWED, LOCATION_HOLDS_NO_STOCK, ARCHIVED,
   * OUTSIDE_WAREHOUSES.
   */
  addLine: mutation('operator', {
    input: z.strictObject({
      checkId: id,
      productId: id,
      locationId: id,
      lotId: id.nullable().default(null),
    }),
    output: checkLine,
  }),
  /**
   * Ends a round: what is within the thresholds is accepted, what another person must count again
   * opens the next round, and when nothing is left to count the check goes to review. Two counts
   * outside the thresholds are for an administrator to decide.
   * Throws COUNT_INCOMPLETE unless `skipUncounted`, WRONG_STATE, CHANGED_MEANWHILE.
   */
  submit: mutation('operator', {
    input: z.strictObject({
      ...updateOf,
      /** Leave out what nobody has counted; let stand what nobody has counted again. Default `false`. */
      skipUncounted: z.boolean().default(false),
    }),
    output: check,
  }),
  /**
   * Sends lines of a check in review back to be counted by somebody else. Throws REFERENCE_NOT_FOUND,
   * WRONG_STATE, CHANGED_MEANWHILE.
   */
  recount: mutation('admin', {
    input: z.strictObject({
      ...updateOf,
      lineIds: z.array(id).min(1).max(10_000),
      remark: text(2000).nullable().default(null),
    }),
    output: check,
  }),
  /**
   * Posts the variances of a check in review as adjustments, each dated at its count, once however
   * often it is asked for: the same command again gets the same answer, another one WRONG_STATE.
   * Throws SEPARATION_OF_DUTIES for who counted a line, CHANGED_MEANWHILE; INSUFFICIENT_STOCK and
   * INSUFFICIENT_STOCK_IN_PAST when goods that were counted away have been shipped since, PERIOD_CLOSED
   * when the book was closed over a count, ARCHIVED: then nothing is posted, and `recount` helps. No
   * refusal is remembered.
   */
  approve: mutation('admin', {
    input: z.strictObject({
      ...updateOf,
      commandId,
      remark: text(2000).nullable().default(null),
    }),
    output: z.object({
      /** True when it was posted by an earlier call and this is its answer again. */
      replayed: z.boolean(),
      check,
      /** How many adjustments were posted. */
      adjustments: z.int(),
    }),
  }),
  /** Ends a check that is not posted, without posting anything. Throws WRONG_STATE, CHANGED_MEANWHILE. */
  cancel: mutation('admin', {
    input: z.strictObject({ ...updateOf, reason: text(2000) }),
    output: check,
  }),
  /** How right the book was, over all and by location. Refused with WRONG_STATE before review. */
  report: query('admin', {
    input: byId,
    output: z.object({
      ...figures,
      /** Who counted any line, by name: they may not approve the check. */
      counters: z.array(z.object({ userId: id, name: z.string() })),
      locations: z.array(z.object({ locationId: id, locationCode: z.string(), ...figures })),
    }),
  }),
}
