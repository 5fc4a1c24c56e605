import { randomBytes } from 'node:crypto'
import { MigrationError } from '../errors.ts'
import { withClient } from '../run/connection.ts'

/** Runs `work` on an empty database of the same server, which is dropped afterwards whatever happens. */
export async function withScratchDatabase<T>(
  url: string,
  work: (scratchUrl: string) => Promise<T>,
): Promise<T> {
  const name = `scratch_${randomBytes(6).toString('hex')}`
  return withClient(url, async (client) => {
    try {
      await client.query(`create database ${name} template template0`)
    } catch (cause) {
      throw new MigrationError(
        'failed',
        `A scratch database could not be made: ${(cause as Error).message}. Give the role CREATEDB, or unset DATABASE_URL to use the embedded PostgreSQL.`,
        { cause },
      )
    }
    try {
      return await work(otherDatabase(url, name))
    } finally {
      await client.query(`drop database if exists ${name} with (force)`)
    }
  })
}

/** The URL with another database of the same server. */
export function otherDatabase(url: string, name: string): string {
  return url.replace(/^([a-z]+:\/\/[^/]*\/|socket:[^?]*\/)[^?]*/, `$1${name}`)
}
