import { z } from 'zod'
import { line } from './values.ts'

/** What every list takes: how many, from where, in which order. */
export const listInput = <const Sort extends readonly [string, ...string[]]>(sorts: Sort) => ({
  /** At most this many items. Default 50, at most 200. */
  limit: z.int().min(1).max(200).default(50),
  /** The `nextCursor` of the page before. Absent: the first page. */
  cursor: z.string().max(1000).optional(),
  /** The order. Default: the first of the choices. */
  sort: z.enum(sorts).default(sorts[0] as Sort[number]),
  /** Which way. Default `ascending`. */
  direction: z.enum(['ascending', 'descending']).default('ascending'),
})

/** Words to find, each anywhere in the fields that the list searches; case does not matter. */
export const search = line(100).optional()

/** Default `false`: only rows in use. `true`: only archived ones. `all`: both. */
export const archived = z.union([z.boolean(), z.literal('all')]).default(false)

/** Rows whose value is one of these. */
export const oneOf = <Choice extends z.ZodEnum>(choice: Choice) =>
  z.array(choice).min(1).max(20).optional()

/** One page of a list. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    /** Give it as `cursor` to get the next page. `null`: this was the last. */
    nextCursor: z.string().nullable(),
  })
