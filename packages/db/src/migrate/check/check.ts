import { join } from 'node:path'
import { MigrationError } from '../errors.ts'
import { headsOf, type Migration, migrationsFolder, readMigrations } from '../folder/folder.ts'
import { nameFault } from '../folder/naming.ts'
import { lossesOf } from '../generate/dataLoss.ts'
import { upDifference } from '../generate/difference.ts'
import { entitiesOf } from '../generate/drizzleKit.ts'
import { irreversibleReason } from '../reversible.ts'
import { loadData } from '../run/dataStep.ts'
import { migrationStatus } from '../status.ts'
import { driftOf } from './drift.ts'
import { tablesWithoutRights } from './rights.ts'
import { squawk } from './squawk.ts'

/** Something that must be put right, or allowed in the file by `-- allow: rule why`. */
export type Fault = { rule: string; migration: string | null; place: string; message: string }

export type CheckOptions = {
  folder?: string
  /** The Drizzle schema: the value of `import * as schema`. Default: none, and it is not compared. */
  schema?: Record<string, unknown>
  /** The database whose applied migrations are compared. Default: none, and every file counts as new. */
  url?: string
  /** Compare the database's schema with what its migrations make, on a scratch database. Default false. */
  drift?: boolean
}

/**
 * Holds the migrations to the rules that people would have to remember. Changes nothing. An empty
 * answer means that all is well.
 */
export async function check({
  folder = migrationsFolder,
  schema,
  url,
  drift = false,
}: CheckOptions): Promise<Fault[]> {
  let migrations: Migration[]
  try {
    migrations = await readMigrations(folder)
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error
    return [{ rule: 'folder', migration: null, place: folder, message: error.message }]
  }
  const status = url === undefined ? null : await migrationStatus(url, { folder })
  const isNew = ({ name }: Migration) => !status?.applied.includes(name)
  const fresh = migrations.filter(isNew)
  const perFile = await Promise.all(fresh.map((migration) => ofNewFile(migration, migrations)))
  return [
    ...headFaults(migrations, folder),
    ...(schema ? await modelFaults(migrations, schema) : []),
    ...(status?.edited ?? []).map((file) => ({
      rule: 'edited',
      migration: file.split('/')[0] ?? null,
      place: join(folder, file),
      message:
        'It changed after it was applied. Restore it, and put the change in a new migration.',
    })),
    ...(status?.unknown ?? []).map((name) => ({
      rule: 'missing',
      migration: name,
      place: join(folder, name),
      message: 'The database has it and the folder has not. Restore it from version control.',
    })),
    ...(url !== undefined && drift && status?.unknown.length === 0 && status.edited.length === 0
      ? await driftFaults(url, folder)
      : []),
    ...perFile.flat(),
    ...(await squawkFaults(fresh)),
  ]
}

function headFaults(migrations: Migration[], folder: string): Fault[] {
  const heads = headsOf(migrations).map(({ name }) => name)
  if (heads.length <= 1) return []
  const message = `${heads.length} heads: ${heads.join(', ')}. Join them with pnpm db:merge "words of your choice".`
  return [{ rule: 'two-heads', migration: null, place: folder, message }]
}

async function driftFaults(url: string, folder: string): Promise<Fault[]> {
  const { missing, extra } = await driftOf(url, { folder })
  const fault = (what: string) => (line: string) => ({
    rule: 'drift',
    migration: null,
    place: 'the database',
    message: `${what}: ${line}. Somebody changed it by hand: put it back, or make a migration of it.`,
  })
  return [...missing.map(fault('This is missing')), ...extra.map(fault('This is in no migration'))]
}

async function modelFaults(
  migrations: Migration[],
  schema: Record<string, unknown>,
): Promise<Fault[]> {
  const [head, ...others] = headsOf(migrations)
  if (others.length > 0) return []
  const fault = (message: string): Fault[] => [
    { rule: 'models', migration: head?.name ?? null, place: 'the models', message },
  ]
  try {
    const { statements } = await upDifference(head?.snapshot.ddl ?? [], await entitiesOf(schema))
    if (statements.length === 0) return []
    return fault(
      `They say more than the migrations. Make one with pnpm db:generate "words of your choice". It would be:\n${statements.join('\n')}`,
    )
  } catch (error) {
    if (error instanceof MigrationError && error.code === 'undecided') {
      return fault(`They say more than the migrations. ${error.message}`)
    }
    throw error
  }
}

async function ofNewFile(migration: Migration, migrations: Migration[]): Promise<Fault[]> {
  const { name, path, up } = migration
  const faults: Fault[] = []
  const found = (rule: string, place: string, message: string) =>
    faults.push({ rule, migration: name, place, message })

  const words = nameFault(name.slice(name.indexOf('_') + 1).replaceAll('_', ' '))
  if (words) found('name', path, words)

  const wayBack = await missingWayBack(migration)
  if (wayBack) found('no-down', path, wayBack)

  if (!up.headers.allowed['data-loss']) {
    for (const loss of lossesOf(migration, migrations)) {
      found(
        'data-loss',
        up.path,
        `It loses ${loss}. If that is meant, say why: "-- allow: data-loss why".`,
      )
    }
  }

  if (!up.headers.allowed['no-rights']) {
    for (const table of tablesWithoutRights(migration, migrations)) {
      found(
        'no-rights',
        up.path,
        `The server may not use the table ${table}. Add it to grant_to_server and call that for the server's role, or GRANT what the server needs; if it needs nothing, say why: "-- allow: no-rights why".`,
      )
    }
  }
  return faults
}

async function missingWayBack(migration: Migration): Promise<string | null> {
  if (irreversibleReason(migration)) return null
  const { up, down } = migration
  let data: Awaited<ReturnType<typeof loadData>>
  try {
    data = await loadData(migration)
  } catch (error) {
    return (error as Error).message
  }
  if (data && !data.down)
    return 'data.ts has no function "down". Write it, or say in migration.sql "-- irreversible: why".'
  if (up.statements.length > 0 && (down?.statements.length ?? 0) === 0) {
    return 'It has no down. Write down.sql, or say in migration.sql "-- irreversible: why".'
  }
  return null
}

async function squawkFaults(migrations: Migration[]): Promise<Fault[]> {
  const byPath = new Map(migrations.map((migration) => [migration.up.path, migration]))
  const [single, plain] = [true, false].map((noTransaction) =>
    migrations
      .filter(({ up }) => up.headers.noTransaction === noTransaction && up.statements.length > 0)
      .map(({ up }) => up.path),
  ) as [string[], string[]]
  const findings = [
    ...(await squawk(plain, { inTransaction: true })),
    ...(await squawk(single, { inTransaction: false })),
  ]
  return findings.flatMap(({ file, line, rule, message }) => {
    const migration = byPath.get(file)
    if (!migration || migration.up.headers.allowed[rule]) return []
    const place = `${file}, line ${line}`
    const advice = `If it is harmless here, say why: "-- allow: ${rule} why".`
    return [{ rule, migration: migration.name, place, message: `${message} ${advice}` }]
  })
}
