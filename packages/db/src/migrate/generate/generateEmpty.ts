import { join } from 'node:path'
import { migrationsFolder, readMigrations, singleHead } from '../folder/folder.ts'
import { nextName } from '../folder/naming.ts'
import { formatSnapshot } from '../folder/snapshot.ts'
import { type Draft, snapshotOn, writeDraft } from './draft.ts'

const sqlUp = `-- Write the statements here, with a line "--> statement-breakpoint" between two of them.
`
const sqlDown = `-- Write here what takes migration.sql back. If nothing can, say so in migration.sql: -- irreversible: why
`

const dataModule = `import type { DataStep } from '../../src/migrate/index.ts'

// All in one transaction. With \`export const transaction = false\` each batch is a transaction of its
// own, and a run that was stopped goes on behind its last one.

export async function up({ batches }: DataStep): Promise<void> {
  await batches({
    start: '00000000-0000-0000-0000-000000000000',
    async run(query, after) {
      const { rows } = await query(
        \`update TABLE set COLUMN = VALUE
         where id in (select id from TABLE where id > $1 order by id limit 1000)
         returning id\`,
        [after],
      )
      const ids = rows.map(({ id }) => id).sort()
      return { rows: ids.length, next: ids.at(-1) ?? null }
    },
  })
}

export async function down({ query }: DataStep): Promise<void> {
  await query('update TABLE set COLUMN = null')
}
`

export type GenerateEmptyOptions = {
  folder?: string
  /** Add a `data.ts` with an example of batches. Default false: SQL only. */
  data?: boolean
  dryRun?: boolean
}

/**
 * Makes a migration that changes no schema: for data, triggers, functions.
 * @throws {MigrationError} `wrong_usage` when the words tell nothing; `two_heads`.
 */
export async function generateEmpty(
  words: string,
  { folder = migrationsFolder, data = false, dryRun = false }: GenerateEmptyOptions = {},
): Promise<Draft> {
  const migrations = await readMigrations(folder)
  const head = singleHead(migrations)
  const name = nextName(migrations, words)
  const draft: Draft = {
    name,
    path: join(folder, name),
    files: {
      'migration.sql': data ? '' : sqlUp,
      'down.sql': data ? '' : sqlDown,
      ...(data && { 'data.ts': dataModule }),
      'snapshot.json': formatSnapshot(snapshotOn(head ? [head] : [], head?.snapshot.ddl ?? [])),
    },
    warnings: [],
  }
  if (!dryRun) await writeDraft(draft)
  return draft
}
