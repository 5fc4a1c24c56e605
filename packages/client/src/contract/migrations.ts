import { z } from 'zod'
import { query } from './define.ts'
import { moment } from './values.ts'

/**
 * `applied`: the database has it. `pending`: it has not yet. `edited`: a file of it changed after it
 * was applied. `unknown`: the database has it, this server does not know it.
 */
export const migrationState = z.enum(['applied', 'pending', 'edited', 'unknown'])

export const migration = z.object({
  /** Its number and words, for instance `0003_add_lots`. */
  name: z.string(),
  state: migrationState,
  /** `null`: not yet. */
  appliedAt: moment.nullable(),
  /** The user and machine that applied it. `null`: not yet. */
  appliedBy: z.string().nullable(),
  /** Milliseconds that it took. `null`: not yet. */
  durationMs: z.int().nullable(),
})

export const migrations = {
  /** What the database is made of, oldest first. They are applied by the maintainer's commands alone. */
  list: query('admin', {
    input: z.strictObject({}).optional(),
    output: z.object({ items: z.array(migration), nextCursor: z.null() }),
  }),
}
