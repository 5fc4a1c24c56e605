import { mkdtemp, rm } from 'node:fs/promises'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { acquireEmbeddedPostgres } from '@stockbook/db/embedded'
import pg from 'pg'

/** A PostgreSQL for one run, as safe against a crash as in earnest, with a database for each name. */
export async function startDatabases<Name extends string>(names: readonly Name[]) {
  const folder = await mkdtemp(join(tmpdir(), 'stockbook-bench-'))
  // As root, PostgreSQL runs as somebody else, who must get in.
  await chmod(folder, 0o755)
  const postgres = await acquireEmbeddedPostgres({ folder })
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  const urls = {} as Record<Name, string>
  for (const name of names) {
    await client.query(`create database ${client.escapeIdentifier(name)}`)
    urls[name] = postgres.url.replace(/[^/]*$/, name)
  }
  await client.end()
  return {
    urls,
    async stop() {
      await postgres.release()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
