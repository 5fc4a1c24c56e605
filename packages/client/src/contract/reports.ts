import { z } from 'zod'
import { mutation, query } from './define.ts'
import { listInput, page } from './list.ts'
import { lotStatus } from './lots.ts'
import { abcClass } from './products.ts'
import { day, id, moment, summedUnits } from './values.ts'
import {
  choiceIs,
  dayIs,
  decimalIs,
  decimalOrNullIs,
  idOrNullIs,
  integerIs,
  integerOrNullIs,
  momentOrNullIs,
  sharedTextIs,
  textIs,
  textOrNullIs,
} from './where.ts'

const goods = {
  productId: id,
  sku: z.string(),
  productName: z.string(),
  baseUnit: z.string(),
}

/** An offset like `+03:00` is none: databases read its sign the other way round. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).format()
    return true
  } catch {
    return false
  }
}

const scope = {
  /** At this location or a place in it. */
  locationId: id.optional(),
  /** Of this category or one below it. */
  categoryId: id.optional(),
}

const period = {
  /** Happened at or after. */
  from: moment,
  /** Happened before. */
  before: moment,
}

/** The goods on hand of one category. */
export const categoryStock = z.object({
  /** Goods of categories below it count too. `parentId`: goods of that one itself. `null`: of none. */
  categoryId: id.nullable(),
  categoryName: z.string().nullable(),
  /** How many products of it are on hand. */
  products: z.int(),
  /** How many of those have neither a unit cost nor a list price, and so no value. Absent for operators. */
  withoutValue: z.int().optional(),
  /** In money, by unit cost or else list price, a decimal string. Absent for operators. */
  value: z.string().optional(),
})

/** A product on hand, and how long nothing of it went out. */
export const slowMover = z.object({
  ...goods,
  onHand: z.int(),
  /** In money, by unit cost or else list price, a decimal string. Absent for operators. */
  value: z.string().nullable().optional(),
  /** `null`: none ever went out. */
  lastOutgoingAt: moment.nullable(),
  idleDays: z.int().nullable(),
})

/** How much of the turnover a product makes. */
export const productTurnover = z.object({
  ...goods,
  /** Base units that went out. */
  units: summedUnits,
  /**
   * The same in money, by unit cost or list price, a decimal string. `null`: neither is known. Absent
   * for operators.
   */
  value: z.string().nullable().optional(),
  /** A decimal string, in money or units as asked for. */
  turnover: z.string(),
  /** Of the whole turnover, with all products before it, in per cent, a decimal string. */
  cumulativePercent: z.string(),
  abcClass,
  /** The class that the product has now. */
  currentClass: abcClass.nullable(),
})

/** A lot on hand at a place. */
export const expiringLot = z.object({
  ...goods,
  lotId: id,
  lotCode: z.string(),
  status: lotStatus,
  /** `YYYY-MM-DD`. */
  expiresOn: z.string(),
  /** Whole days from today; negative: since it expired. */
  daysLeft: z.int(),
  locationId: id,
  locationCode: z.string(),
  onHand: z.int(),
  /** In money, by unit cost or else list price, a decimal string. Absent for operators. */
  value: z.string().nullable().optional(),
})

/** Reports of what the book knows. Each can also be had as CSV: `client.reports` in the SDK's README. */
export const reports = {
  /**
   * Products in use at or below their reorder point, or their minimum where that is higher, with what
   * to order: most urgent first. A point of zero asks for nothing unless there is a maximum to fill up
   * to.
   */
  lowStock: query('operator', {
    input: z.strictObject({
      ...listInput(['urgency', 'sku']),
      ...scope,
      supplierId: id.optional(),
      /** What the fields of a row must be like; all that is given must hold. */
      where: z
        .strictObject({
          sku: textIs,
          productName: textIs,
          baseUnit: sharedTextIs,
          supplierId: idOrNullIs,
          supplierName: textOrNullIs,
          onHand: integerIs,
          reorderPoint: integerOrNullIs,
          minimumStock: integerOrNullIs,
          maximumStock: integerOrNullIs,
        })
        .optional(),
    }),
    output: page(
      z.object({
        ...goods,
        supplierId: id.nullable(),
        supplierName: z.string().nullable(),
        /** Base units. */
        onHand: z.int(),
        /** Base units that nobody holds and that may be shipped. */
        available: z.int(),
        reorderPoint: z.int().nullable(),
        minimumStock: z.int().nullable(),
        maximumStock: z.int().nullable(),
        /** Base units that fill up to the maximum, or to twice the reorder point where there is none. */
        suggestedOrder: z.int(),
      }),
    ),
  }),
  /** What came and went by period and type of movement, of the goods and places asked for. */
  movementSummary: query('operator', {
    input: z.strictObject({
      ...listInput(['period']),
      ...period,
      ...scope,
      productId: id.optional(),
      /** How long a period is; weeks begin on Monday. */
      by: z.enum(['day', 'week', 'month']),
      /** Where a day begins: an IANA time zone, like `Europe/Moscow`. Default `UTC`. */
      timeZone: z.string().max(64).refine(isTimeZone, 'is no time zone').default('UTC'),
    }),
    output: page(
      z.object({
        /** First day of the period, `YYYY-MM-DD`. */
        period: z.string(),
        /** Base units. */
        incoming: summedUnits,
        outgoing: summedUnits,
        /** Base units that changed their place. */
        transferred: summedUnits,
        /** Base units, found less lost. */
        adjusted: summedUnits,
        movements: z.int(),
        /** How many of them came in, went out, changed their place, and were found or lost. */
        arrivals: z.int(),
        shipments: z.int(),
        transfers: z.int(),
        adjustments: z.int(),
      }),
    ),
  }),
  /**
   * What the goods on hand are worth, by category: the topmost ones, or those directly inside one.
   * Operators are not told the value: they get the number of products, in its order.
   */
  stockByCategory: query('operator', {
    input: z.strictObject({
      ...listInput(['value', 'products']),
      /** Most first by default. */
      direction: z.enum(['ascending', 'descending']).default('descending'),
      /** At this location or a place in it. */
      locationId: id.optional(),
      /** The categories directly inside this one. Default: the topmost. */
      parentId: id.optional(),
      /** What the fields of a row must be like; all that is given must hold. */
      where: z
        .strictObject({
          categoryName: textOrNullIs,
          products: integerIs,
          withoutValue: integerIs,
          value: decimalIs,
        })
        .optional(),
    }),
    output: page(categoryStock),
  }),
  /** Products on hand that went out least: longest unmoved first. */
  slowMovers: query('operator', {
    input: z.strictObject({
      ...listInput(['lastOutgoing', 'value']),
      ...scope,
      /** Only products of which nothing went out for so many days. Default 90. */
      days: z.int().min(1).max(3650).default(90),
      /** What the fields of a row must be like; all that is given must hold. */
      where: z
        .strictObject({
          sku: textIs,
          productName: textIs,
          baseUnit: sharedTextIs,
          onHand: integerIs,
          value: decimalOrNullIs,
          lastOutgoingAt: momentOrNullIs,
          idleDays: integerOrNullIs,
        })
        .optional(),
    }),
    output: page(slowMover),
  }),
  /**
   * Products by how much of the turnover they make: A up to 80 % of it, B up to 95 %, C the rest. The
   * one that makes most is A in any case. What was taken back does not count.
   */
  abc: query('operator', {
    input: z.strictObject({
      ...listInput(['turnover']),
      /** Most first by default. */
      direction: z.enum(['ascending', 'descending']).default('descending'),
      ...period,
      ...scope,
      /**
       * Turnover in `value` (by unit cost or list price) or in `units`. Default `value`; `units` for
       * operators, who are not told the value: FIELD_FORBIDDEN.
       */
      measure: z.enum(['value', 'units']).default('value'),
    }),
    output: page(productTurnover),
  }),
  /** Gives products the classes that the report finds. */
  applyAbc: mutation('admin', {
    input: z.strictObject({
      ...period,
      ...scope,
      measure: z.enum(['value', 'units']).default('value'),
    }),
    output: z.object({
      /** Products whose class changed. */
      changed: z.int(),
    }),
  }),
  /** Lots on hand that expire, soonest first. */
  expiringLots: query('operator', {
    input: z.strictObject({
      ...listInput(['expiresOn']),
      ...scope,
      /** Last good day on or before this one, `YYYY-MM-DD`. Default: 30 days from today. */
      until: day.optional(),
      /** What the fields of a row must be like; all that is given must hold. */
      where: z
        .strictObject({
          sku: textIs,
          productName: textIs,
          baseUnit: sharedTextIs,
          lotCode: textIs,
          status: choiceIs(lotStatus),
          expiresOn: dayIs,
          daysLeft: integerIs,
          locationCode: textIs,
          onHand: integerIs,
          value: decimalOrNullIs,
        })
        .optional(),
    }),
    output: page(expiringLot),
  }),
}
