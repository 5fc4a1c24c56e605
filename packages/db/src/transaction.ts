import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from './createDb.ts'
import { databaseError } from './faults.ts'

/** An open transaction. Functions that must run inside one take it as their first parameter. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

/** Where a statement can run: on its own, or inside an open transaction. */
export type Connection = Db | Tx

const serializationFailure = '40001'
const deadlockDetected = '40P01'

/** Takes statements that were sent already, whose answers need not be waited for before the `commit`. */
type CommitWith = (sent: Promise<unknown>) => void

/**
 * Runs `work` in one transaction: all of it holds, or nothing. When PostgreSQL gave it up for the
 * sake of another (serialization failure, deadlock) it runs again from its start, after a short
 * random wait, at most `attempts` times (default 8); so `work` must have no other effects.
 */
export async function inTransaction<T>(
  db: Db,
  work: (tx: Tx, commitWith: CommitWith) => Promise<T>,
  { attempts = 8 }: { attempts?: number } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(db, work)
    } catch (error) {
      const code = databaseError(error)?.code
      const worthAnother = code === serializationFailure || code === deadlockDetected
      if (!worthAnother || attempt >= attempts) throw error
      await sleep(Math.random() * Math.min(20 * 2 ** attempt, 500))
    }
  }
}

async function runOnce<T>(
  db: Db,
  work: (tx: Tx, commitWith: CommitWith) => Promise<T>,
): Promise<T> {
  const last: Promise<unknown>[] = []
  const result = await db.transaction((tx) =>
    work(tx, (sent) => {
      // Heard of below, and not before: when the commit fails too, that is what is told.
      sent.catch(() => {})
      last.push(sent)
    }),
  )
  // PostgreSQL answers the `commit` after a failed statement with a rollback, and calls it no error.
  await Promise.all(last)
  return result
}

/** Reads what belongs together: whatever is written meanwhile, all statements of `work` see one moment. */
export function inSnapshot<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(work, { isolationLevel: 'repeatable read', accessMode: 'read only' })
}
