import { z } from 'zod'

// In lower case whatever the caller wrote, so that ids can be compared as texts.
/** The id of a row. */
export const id = z.uuid().toLowerCase()

/**
 * The most base units that one figure may be, of a command or of a level: a trillion, more than a
 * warehouse holds, and so little that sums over all places are still exact numbers.
 */
export const mostBaseUnits = 1_000_000_000_000

/** Base units of a product: a whole number, at least 1. */
export const baseUnits = z.int().min(1).max(mostBaseUnits)

/**
 * Base units of many movements together: a whole number. Exact up to 9 007 199 254 740 991; of more, which
 * no goods come to but wrong entries may, it is the nearest number.
 */
export const summedUnits = z.number()

// Before that lie the dates of programs that knew none, and drivers take 0050 for 1950.
/** A moment of the years 1000 to 9999. Travels as a `Date`, kept to the millisecond. */
export const moment = z
  .date()
  .min(new Date('1000-01-01T00:00:00Z'))
  .max(new Date('9999-12-31T23:59:59.999Z'))

/** A day without a time, `YYYY-MM-DD`, of the years 1 to 9999. */
export const day = z.iso.date().regex(/^(?!0000)/, 'there was no year 0')

/** Money as a decimal string with up to four places: never a float. */
export const money = z
  .string()
  .regex(/^\d{1,10}(\.\d{1,4})?$/, 'write a decimal number with at most four places, like "12.50"')

/** A line of text: no control characters, no space at its ends. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must be one line, without control characters')

/** Text of several lines. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\0\p{Cs}]*$/u, 'must be well-formed text without NUL characters')

/** A short code, as on a label: no spaces. */
export const code = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[^\s\p{Cc}\p{Cs}]+$/u, 'must not hold spaces or control characters')

/** When a row was made, last changed and archived, and how often it changed. */
export const lifecycle = {
  createdAt: moment,
  updatedAt: moment,
  /** Set when the row is out of use. */
  archivedAt: moment.nullable(),
  /** Grows by one with every change; give it back as `expectedVersion` to learn of others' changes. */
  version: z.int(),
}

/** What names one row. */
export const byId = z.strictObject({ id })

/** The part of every update that is not a change. */
export const updateOf = {
  id,
  /** Refuse with CHANGED_MEANWHILE unless the row still has this version. Default: no check. */
  expectedVersion: z.int().min(1).optional(),
}

/** Takes a row out of use, or with `archived: false` back into use. */
export const archiveInput = z.strictObject({ ...updateOf, archived: z.boolean().default(true) })
