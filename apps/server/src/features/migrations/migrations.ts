import type { Db } from '@stockbook/db'
import { type HistoryEntry, history } from '@stockbook/db/migrate'

/** What the database is made of: every migration of this server and of the database. */
export async function listMigrations(db: Db) {
  const { migrations } = await history(db.$client)
  return { items: migrations.map(toMigration), nextCursor: null }
}

function toMigration({ name, state, run }: HistoryEntry) {
  return {
    name,
    state,
    appliedAt: run?.appliedAt ?? null,
    appliedBy: run?.appliedBy ?? null,
    durationMs: run?.durationMs ?? null,
  }
}
