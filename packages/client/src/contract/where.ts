import { z } from 'zod'
import { day, id, moment } from './values.ts'

// What the rows of a list must be like, field by field: `where: { name: { contains: 'tea' } }`. Each kind
// of value has its operators here; a list names its fields and their kinds.

const part = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\0\p{Cs}]*$/u, 'must be well-formed text without NUL characters')

const texts = {
  /** This very text. Case matters, except in SKUs, codes of locations and user names. */
  equals: part.optional(),
  /** Holds it anywhere; case does not matter, and no character stands for others. */
  contains: part.optional(),
  /** Begins with it; case does not matter. */
  startsWith: part.optional(),
  /** Ends with it; case does not matter. */
  endsWith: part.optional(),
}

const partOfId = z
  .string()
  .max(36)
  .regex(/^[0-9a-fA-F-]+$/, 'an id has the digits 0 to 9 and a to f, and hyphens')

const ids = {
  /** This row. */
  equals: id.optional(),
  /** Begins with it. */
  startsWith: partOfId.optional(),
  /** Holds it anywhere. */
  contains: partOfId.optional(),
}

const ordered = <Value extends z.ZodType>(value: Value) => ({
  /** This very value. */
  equals: value.optional(),
  greaterThan: value.optional(),
  /** This or greater; of times: then or later. */
  atLeast: value.optional(),
  /** Less; of times: before. */
  lessThan: value.optional(),
  /** This or less; of times: then or before. */
  atMost: value.optional(),
})

const decimal = z
  .string()
  .regex(/^\d{1,20}(\.\d{1,10})?$/, 'write a decimal number with at most ten places, like "12.50"')

const missing = {
  /** Only rows that have no value (`true`), or that have one (`false`). */
  isNull: z.boolean().optional(),
}

const choices = <Choice extends z.ZodEnum>(choice: Choice) => ({
  /** Is one of these. */
  oneOf: z.array(choice).min(1).max(20).optional(),
})

/** Of texts that many rows have: `values` of the same feature tells which there are. */
const anyText = {
  /** Is one of these, in this very spelling. */
  oneOf: z.array(part).min(1).max(50).optional(),
}

const tree = {
  ...ids,
  /** This row of the tree, or one below it. */
  within: id.optional(),
}

export const textIs = z.strictObject(texts).optional()
export const sharedTextIs = z.strictObject({ ...texts, ...anyText }).optional()
export const idIs = z.strictObject(ids).optional()
export const treeIdIs = z.strictObject(tree).optional()
export const integerIs = z.strictObject(ordered(z.int())).optional()
export const decimalIs = z.strictObject(ordered(decimal)).optional()
export const dayIs = z.strictObject(ordered(day)).optional()
export const momentIs = z.strictObject(ordered(moment)).optional()
export const booleanIs = z
  .strictObject({
    /** Is so (`true`), or is not (`false`). */
    equals: z.boolean().optional(),
  })
  .optional()
export const choiceIs = <Choice extends z.ZodEnum>(choice: Choice) =>
  z.strictObject(choices(choice)).optional()

// The same for fields that may have no value.
export const textOrNullIs = z.strictObject({ ...texts, ...missing }).optional()
export const sharedTextOrNullIs = z.strictObject({ ...texts, ...anyText, ...missing }).optional()
export const idOrNullIs = z.strictObject({ ...ids, ...missing }).optional()
export const treeIdOrNullIs = z.strictObject({ ...tree, ...missing }).optional()
export const integerOrNullIs = z.strictObject({ ...ordered(z.int()), ...missing }).optional()
export const decimalOrNullIs = z.strictObject({ ...ordered(decimal), ...missing }).optional()
export const dayOrNullIs = z.strictObject({ ...ordered(day), ...missing }).optional()
export const momentOrNullIs = z.strictObject({ ...ordered(moment), ...missing }).optional()
export const choiceOrNullIs = <Choice extends z.ZodEnum>(choice: Choice) =>
  z.strictObject({ ...choices(choice), ...missing }).optional()

/** Of fields that hold several ids, or none. */
export const idsOrNullIs = z
  .strictObject({
    /** This row is among them. */
    includes: id.optional(),
    ...missing,
  })
  .optional()

/** What asks for the values that a field has among all rows, archived ones too. */
export const valuesInput = <const Fields extends readonly [string, ...string[]]>(fields: Fields) =>
  z.strictObject({
    field: z.enum(fields),
    /** Only values that hold it anywhere; case does not matter. */
    contains: part.optional(),
    /** At most this many values. Default 50, at most 200. */
    limit: z.int().min(1).max(200).default(50),
  })

export const values = z.object({
  /** Each once, in order. */
  values: z.array(z.string()),
  /**
   * Whether these are all that there are. Otherwise `contains` finds others, among the first thousand
   * values in order.
   */
  isComplete: z.boolean(),
})

/** Of rows that people keep by hand. */
export const lifecycleIs = { createdAt: momentIs, updatedAt: momentIs, version: integerIs }
