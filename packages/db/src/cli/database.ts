import { constants } from 'node:os'
import { resolveDatabase } from '../embedded/index.ts'

const signals = ['SIGINT', 'SIGTERM'] as const

/**
 * Runs `work` on the database of `DATABASE_URL`, or on the embedded one when that is not set.
 * @param onStop what SIGINT and SIGTERM do. Default: end the process at once.
 */
export async function withDatabase<T>(
  work: (url: string) => Promise<T>,
  onStop?: (signal: NodeJS.Signals) => void,
): Promise<T> {
  const database = await resolveDatabase(process.env, {
    log: (line) => process.stderr.write(`${line}\n`),
  })
  // What is under way ends with its connection, and leaves nothing; the embedded one must be given back.
  const end = (signal: NodeJS.Signals) => {
    void database.close().finally(() => process.exit(128 + constants.signals[signal]))
  }
  const stop = onStop ?? end
  for (const signal of signals) process[onStop ? 'on' : 'once'](signal, stop)
  try {
    return await work(database.url)
  } finally {
    for (const signal of signals) process.off(signal, stop)
    await database.close()
  }
}
