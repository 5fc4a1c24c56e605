import type { SQL } from 'drizzle-orm'

/** The sizes that the panel, the SDK and the screen of the floor ask for. */
const usualSizes = [25, 50, 200]

type Statement<Rows> = PromiseLike<Rows> & { prepare(): { execute(): Promise<Rows> } }

/**
 * Runs the statement of a page. Where nothing is filtered and the size is a usual one, each connection
 * plans it once; what else people may ask for has too many forms to keep, and values that want
 * different plans.
 */
export async function readPage<Rows>(
  statement: Statement<Rows>,
  limit: number,
  filters: readonly (SQL | undefined)[],
): Promise<Rows> {
  const isKept = usualSizes.includes(limit) && filters.every((filter) => filter === undefined)
  return isKept ? statement.prepare().execute() : statement
}
