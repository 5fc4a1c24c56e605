import { MigrationError } from './errors.ts'
import { findMigration, type Migration, migrationsFolder, readMigrations } from './folder/folder.ts'
import { asOnlyMigrator, withClient } from './run/connection.ts'
import { ensureJournal, type LogDirection, readApplied, record } from './run/journal.ts'
import { assertUnedited, compare, type MigrationStatus } from './status.ts'
import { upTo } from './target.ts'

export type StampOptions = { folder?: string; waitMs?: number; dryRun?: boolean }

export type StampResult = { stamped: string[]; unstamped: string[] }

/**
 * Writes down that the database is at `to` (a name, `head` or `base`), and runs nothing. For a database
 * whose schema came another way: from a restore, or from a time before these migrations.
 * @throws {MigrationError} `edited`, `wrong_usage`, `busy`.
 */
export function stamp(url: string, to: string, options: StampOptions = {}): Promise<StampResult> {
  return rewrite(url, options, (migrations, applied, status) => {
    assertUnedited(status, options.folder ?? migrationsFolder)
    const wanted =
      to === 'base' ? new Set<string>() : new Set(upTo(migrations, [...applied.keys()], to))
    return {
      stamped: migrations.filter(({ name }) => wanted.has(name) && !applied.has(name)),
      unstamped: [...applied.keys()].filter((name) => !wanted.has(name)),
    }
  })
}

/**
 * Accepts the files of one applied migration as they are now, although they changed. The log keeps it.
 * @throws {MigrationError} `wrong_usage` when it is not applied or not edited; `busy`.
 */
export function acceptEdited(
  url: string,
  wanted: string,
  options: StampOptions = {},
): Promise<StampResult> {
  return rewrite(url, options, (migrations, applied, { edited }) => {
    const migration = findMigration(migrations, wanted)
    if (edited.some((file) => file.startsWith(`${migration.name}/`))) {
      return { stamped: [migration], unstamped: [] }
    }
    throw new MigrationError(
      'wrong_usage',
      applied.has(migration.name)
        ? `${migration.name} is as it was applied: there is nothing to accept.`
        : `${migration.name} is not applied, so its files may be edited freely.`,
    )
  })
}

type Rewrite = { stamped: Migration[]; unstamped: string[] }

async function rewrite(
  url: string,
  { folder = migrationsFolder, waitMs = 300_000, dryRun = false }: StampOptions,
  plan: (migrations: Migration[], applied: Map<string, object>, status: MigrationStatus) => Rewrite,
): Promise<StampResult> {
  const migrations = await readMigrations(folder)
  return withClient(url, (client) =>
    asOnlyMigrator(client, { waitMs }, async () => {
      await ensureJournal(client)
      const applied = await readApplied(client)
      const byName = new Map(applied.map((row) => [row.name, row]))
      const { stamped, unstamped } = plan(migrations, byName, compare(migrations, applied))
      const result = { stamped: stamped.map(({ name }) => name), unstamped }
      if (dryRun) return result
      const write = (migration: Pick<Migration, 'name' | 'checksums'>, direction: LogDirection) =>
        record(client, migration, direction, 0)
      await client.query('begin')
      for (const name of [...unstamped].reverse()) {
        await write({ name, checksums: byName.get(name)?.checksums ?? {} }, 'unstamp')
      }
      for (const migration of stamped) await write(migration, 'stamp')
      await client.query('commit')
      return result
    }),
  )
}
