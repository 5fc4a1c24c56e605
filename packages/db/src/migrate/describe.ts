import { readFile } from 'node:fs/promises'
import type { Migration } from './folder/folder.ts'
import { dataLosses, lossesOf } from './generate/dataLoss.ts'
import { irreversibleReason } from './reversible.ts'

/** All that there is to say about one migration without running it. */
export type Description = {
  name: string
  parents: string[]
  irreversible: string | null
  transaction: boolean
  losesUp: string[]
  losesDown: string[]
  allowed: Record<string, string>
  files: Record<string, string>
}

export async function describe(
  migration: Migration,
  migrations: Migration[],
): Promise<Description> {
  const { name, snapshot, up, down, data } = migration
  return {
    name,
    parents: snapshot.parents,
    irreversible: irreversibleReason(migration),
    transaction: !up.headers.noTransaction,
    losesUp: lossesOf(migration, migrations),
    losesDown: dataLosses(down?.statements.map(({ text }) => text) ?? [], snapshot.ddl),
    allowed: up.headers.allowed,
    files: {
      'migration.sql': up.text,
      ...(down && { 'down.sql': down.text }),
      ...(data && { 'data.ts': await readFile(data, 'utf8') }),
    },
  }
}
