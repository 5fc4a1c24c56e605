import { isStockbookError, type StockbookClient } from '@stockbook/client'
import { type Db, reservations } from '@stockbook/db'
import { eq, sql } from 'drizzle-orm'

type Operator = StockbookClient<'operator'>

export const times = <T>(count: number, work: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => work(index))

/** The refusal of a call; a call that succeeds, or fails in another way, fails the test. */
export async function refusal(work: Promise<unknown>) {
  try {
    await work
  } catch (error) {
    if (!isStockbookError(error)) throw error
    const { code, detail } = error
    return { code, detail: detail as Readonly<Record<string, unknown>> }
  }
  throw new Error('it was not refused')
}

/** The codes of the refusals, in order; anything that is not a refusal fails the test. */
export async function refusalCodes(work: readonly Promise<unknown>[]): Promise<string[]> {
  const results = await Promise.allSettled(work)
  return results.flatMap((result) => {
    if (result.status === 'fulfilled') return []
    if (!isStockbookError(result.reason)) throw result.reason
    return [result.reason.code]
  })
}

/** Goods of a lot that came from outside. */
export function receiveLot(
  client: Operator,
  lot: { id: string; productId: string },
  toLocationId: string,
  quantity: number,
) {
  const goods = { productId: lot.productId, lotId: lot.id, quantity }
  return client.movements.post.mutate({ lines: [{ type: 'incoming', ...goods, toLocationId }] })
}

/** Lets the time of a reservation run out now. */
export async function letRunOut(db: Db, id: string): Promise<void> {
  await db
    .update(reservations)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(reservations.id, id))
}
