import { createDb } from '@stockbook/db'
import type pg from 'pg'
import { verifyStock } from '../../../apps/server/src/features/stock/verify.ts'
import { wrongLevels } from '../../../apps/server/src/testing/wrongLevels.ts'

/** Follows what was answered, and proves that the book holds exactly that. */
export function createProof(client: pg.Client, commandsBefore: number) {
  let expected = commandsBefore

  return {
    /**
     * Called after each load with what it heard: every command is there once, with all its lines, no
     * other is, every level is the sum of its movements, and none is below zero.
     * @throws when that is not so
     */
    async prove(heard: { count: number; commandIds?: readonly string[]; lines: number }) {
      expected += heard.count
      const { rows } = await client.query<Record<string, string>>(
        `select (select count(*) from commands) as commands,
          (select count(*) from stock_movements where command_id = any($1::uuid[])) as lines,
          (select count(distinct command_id) from stock_movements
            where command_id = any($1::uuid[])) as found,
          (select count(*) from stock_levels where on_hand < 0) as below_zero,
          (select count(*) from (${wrongLevels}) as wrong) as wrong_sums`,
        [heard.commandIds ?? []],
      )
      const found = Object.fromEntries(
        Object.entries(rows[0]!).map(([name, value]) => [name, Number(value)]),
      )
      const wanted = {
        commands: expected,
        ...(heard.commandIds && { lines: heard.lines, found: heard.count }),
        below_zero: 0,
        wrong_sums: 0,
      }
      for (const [name, value] of Object.entries(wanted)) {
        if (found[name] !== value) throw new Error(`unsound: ${JSON.stringify({ wanted, found })}`)
      }
    },
  }
}

/** The whole book, as the server itself proves it. */
export async function proveBook(databaseUrl: string): Promise<void> {
  const db = createDb({ url: databaseUrl })
  try {
    const stock = await verifyStock(db)
    if (!stock.ok) throw new Error(`unsound: ${JSON.stringify(stock)}`)
  } finally {
    await db.$client.end()
  }
}
