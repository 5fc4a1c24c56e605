import type { StockbookClient } from '@stockbook/client'
import { receiveLot } from '../reservations/calls.ts'

type Lot = Awaited<ReturnType<StockbookClient<'operator'>['lots']['create']['mutate']>>

/** A day so many days after another, both `YYYY-MM-DD`. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}

/** A lot with a code, of which so much was received into a bin. */
export async function stockLot(
  client: StockbookClient<'operator'>,
  fields: Pick<Lot, 'productId' | 'code'> & Partial<Pick<Lot, 'expiresOn' | 'status'>>,
  binId: string,
  quantity: number,
): Promise<Lot> {
  const lot = await client.lots.create.mutate(fields)
  await receiveLot(client, lot, binId, quantity)
  return lot
}
