import type pg from 'pg'
import { MigrationError } from '../errors.ts'
import type { SqlFile } from '../folder/folder.ts'
import { withoutComments } from '../folder/sqlFile.ts'
import type { Direction } from '../progress.ts'
import { runStatements } from './statements.ts'

const name = String.raw`((?:"[^"]+"|\w+)(?:\.(?:"[^"]+"|\w+))?)`
const create = new RegExp(
  String.raw`^create\s+(?:unique\s+)?index\s+concurrently\s+${name}\s+on\s`,
  'i',
)
const drop = new RegExp(String.raw`^drop\s+index\s+concurrently\s+if\s+exists\s+${name}\s*;?$`, 'i')

/**
 * Runs the statements of a `-- no-transaction` file. Only what can be cleaned up after a failure is
 * allowed there: `create index concurrently` first, then `drop index concurrently if exists`.
 * What a killed run left behind is removed first.
 */
export async function buildIndexes(
  client: pg.Client,
  migration: string,
  direction: Direction,
  file: SqlFile,
): Promise<void> {
  assertOnlyIndexes(file)
  const { rowCount } = await client.query('select from migrations.unfinished where name = $1', [
    migration,
  ])
  if (rowCount) await cleanUp(client, migration, file)
  await assertAbsent(client, file)
  await client.query('insert into migrations.unfinished (name, direction) values ($1, $2)', [
    migration,
    direction,
  ])
  try {
    await runStatements(client, migration, file)
  } catch (error) {
    await cleanUp(client, migration, file).catch(() => {})
    throw error
  }
}

async function cleanUp(client: pg.Client, migration: string, file: SqlFile): Promise<void> {
  for (const index of createdBy(file))
    await client.query(`drop index concurrently if exists ${index}`)
  await client.query('delete from migrations.unfinished where name = $1', [migration])
}

/** An index of that name which somebody else made must not fall to our cleaning up. */
async function assertAbsent(client: pg.Client, file: SqlFile): Promise<void> {
  for (const index of createdBy(file)) {
    const { rows } = await client.query('select to_regclass($1) is not null as there', [index])
    if (rows[0].there) {
      throw new MigrationError(
        'failed',
        `${file.path}: the index ${index} exists already and is not from this migration. Drop it, or give the new one another name.`,
      )
    }
  }
}

function createdBy(file: SqlFile): string[] {
  return file.statements.flatMap(({ text }) => create.exec(withoutComments(text))?.[1] ?? [])
}

function assertOnlyIndexes(file: SqlFile): void {
  let dropped = false
  for (const { text, line } of file.statements) {
    const statement = withoutComments(text)
    const creates = create.test(statement)
    if ((creates && !dropped) || drop.test(statement)) {
      dropped ||= !creates
      continue
    }
    throw new MigrationError(
      'broken_folder',
      `${file.path}, line ${line}: a "-- no-transaction" file may hold only "create index concurrently NAME on …" and, after them, "drop index concurrently if exists NAME". ` +
        'Anything else could not be cleaned up after a failure; put it in a migration of its own.',
    )
  }
}
