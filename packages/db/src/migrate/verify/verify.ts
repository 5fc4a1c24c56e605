import { MigrationError } from '../errors.ts'
import { type Migration, migrationsFolder, readMigrations } from '../folder/folder.ts'
import { migrate } from '../migrate.ts'
import { irreversibleReason } from '../reversible.ts'
import { rollback } from '../rollback.ts'
import { withClient } from '../run/connection.ts'
import { catalogDifference, describeCatalog } from './catalog.ts'
import { changedTables, contentOf } from './content.ts'
import { namedLosses } from './namedLosses.ts'
import { withScratchDatabase } from './scratch.ts'

export type Verified = {
  name: string
  /** `reversible`: up, down and up again gave the same schema. `irreversible`: it says why it has no down. */
  way: 'reversible' | 'irreversible'
  faults: string[]
}

export type VerifyOptions = {
  folder?: string
  /** Fills the newest schema with rows, to see which of them the way down and up again keeps. */
  seed?: (url: string) => Promise<void>
}

/**
 * Proves on a scratch database of the same server that every migration goes up, down and up again, that
 * the schema is the same at each station, and that no row is lost which a down does not name.
 * @throws {MigrationError} `failed` when no scratch database can be made, or a migration fails.
 */
export async function verify(
  url: string,
  { folder = migrationsFolder, seed }: VerifyOptions = {},
): Promise<Verified[]> {
  const migrations = await readMigrations(folder)
  const verified: Verified[] = []
  while (verified.length < migrations.length) {
    // After a fault the database is not what the next migration expects: that one gets a new one.
    await withScratchDatabase(url, async (scratch) => {
      const before = verified.at(-1)
      if (before) await migrate(scratch, { folder, to: before.name })
      for (const migration of migrations.slice(verified.length)) {
        const faults = await schemaFaults(scratch, migration, folder)
        const way = irreversibleReason(migration) ? 'irreversible' : 'reversible'
        verified.push({ name: migration.name, way, faults })
        if (faults.length > 0) return
      }
    })
  }
  if (seed) {
    await withScratchDatabase(url, async (scratch) => {
      await migrate(scratch, { folder })
      await seed(scratch)
      for (const { migration, faults } of await dataFaults(scratch, migrations, folder)) {
        verified.find(({ name }) => name === migration)?.faults.push(...faults)
      }
    })
  }
  return verified
}

/** @throws {MigrationError} `failed` when it cannot even be applied: nothing after it can be looked at. */
async function schemaFaults(url: string, migration: Migration, folder: string): Promise<string[]> {
  const { name } = migration
  const up = () => migrate(url, { folder, to: name })
  const before = await catalogOf(url)
  await up()
  if (irreversibleReason(migration)) return []
  const after = await catalogOf(url)
  try {
    await rollback(url, { folder, steps: 1 })
    const faults = differences('down', before, await catalogOf(url))
    if (faults.length > 0) return faults
    await up()
  } catch (error) {
    if (error instanceof MigrationError) return [error.message]
    throw error
  }
  return differences('up again', after, await catalogOf(url))
}

function differences(station: string, expected: string[], found: string[]): string[] {
  const { missing, extra } = catalogDifference(expected, found)
  return [
    ...missing.map((line) => `after ${station} this is missing: ${line}`),
    // An extension belongs to the whole database: a down may leave it for others.
    ...extra
      .filter((line) => !line.startsWith('extension '))
      .map((line) => `after ${station} this is left over: ${line}`),
  ]
}

/** Newest first: down, up, compare; then down for good, to come to the one before. */
async function dataFaults(
  url: string,
  migrations: Migration[],
  folder: string,
): Promise<{ migration: string; faults: string[] }[]> {
  const results: { migration: string; faults: string[] }[] = []
  for (const migration of migrations.toReversed()) {
    if (irreversibleReason(migration)) break
    const named = namedLosses(migration)
    const readContent = () => withClient(url, (client) => contentOf(client, named.column))
    const before = await readContent()
    try {
      await rollback(url, { folder, steps: 1 })
      await migrate(url, { folder, to: migration.name })
    } catch (error) {
      if (!(error instanceof MigrationError)) throw error
      results.push({ migration: migration.name, faults: [`with rows in it: ${error.message}`] })
      break
    }
    const lost = changedTables(before, await readContent()).filter((table) => !named.table(table))
    const faults = lost.map(
      (table) =>
        `rows of ${table} are not the same after down and up again, and down.sql does not say so. If that is meant, write in it: "-- loses data: ${table.replace(/^public\./, '')} …"`,
    )
    results.push({ migration: migration.name, faults })
    await rollback(url, { folder, steps: 1 })
  }
  return results
}

const catalogOf = (url: string) => withClient(url, describeCatalog)
