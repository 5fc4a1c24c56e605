import { resolveDatabase } from '../embedded/index.ts'

/** Runs `work` on the database of `DATABASE_URL`, or on the embedded one when that is not set. */
export async function withDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const database = await resolveDatabase(process.env)
  try {
    return await work(database.url)
  } finally {
    await database.close()
  }
}
