import { migrationsFolder } from '../folder/folder.ts'
import { migrate } from '../migrate.ts'
import { withClient } from '../run/connection.ts'
import { migrationStatus } from '../status.ts'
import { catalogDifference, describeCatalog } from '../verify/catalog.ts'
import { withScratchDatabase } from '../verify/scratch.ts'

/**
 * What somebody changed in a database by hand: its schema compared with that of a scratch database of the
 * same server on which the same migrations ran.
 * @throws {MigrationError} `failed` when no scratch database can be made.
 */
export async function driftOf(
  url: string,
  { folder = migrationsFolder }: { folder?: string } = {},
): Promise<{ missing: string[]; extra: string[] }> {
  const { applied } = await migrationStatus(url, { folder })
  return withScratchDatabase(url, async (scratch) => {
    for (const to of applied) await migrate(scratch, { folder, to })
    const expected = await withClient(scratch, describeCatalog)
    return catalogDifference(expected, await withClient(url, describeCatalog))
  })
}
