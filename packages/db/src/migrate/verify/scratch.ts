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
      const scratch = otherDatabase(url, name)
      await assertNamed(scratch, name)
      return await work(scratch)
    } finally {
      await client.query(`drop database if exists ${name} with (force)`)
    }
  })
}

/** The URL with another database of the same server, also when it named none. */
export function otherDatabase(url: string, name: string): string {
  // As `pg` reads it: the host may be empty after a user, which no URL is otherwise.
  const standIn = 'no-host-of-its-own'
  const hostless = /^[a-z]+:\/\/[^/?#]*@(?=[/?#]|$)/i.exec(url)?.[0]
  const parsed = new URL(hostless ? `${hostless}${standIn}${url.slice(hostless.length)}` : url)
  parsed.pathname = `/${name}`
  return hostless ? parsed.href.replace(`@${standIn}`, '@') : parsed.href
}

/** What is done to a scratch database must never be done to another one. */
async function assertNamed(url: string, name: string): Promise<void> {
  const { rows } = await withClient(url, (client) =>
    client.query('select current_database() as name'),
  )
  if (rows[0].name === name) return
  throw new MigrationError(
    'failed',
    `Nothing was changed: asked for the scratch database ${name}, the server gave the database ${rows[0].name}. Give DATABASE_URL the plain form postgresql://user:password@host:5432/database.`,
  )
}
