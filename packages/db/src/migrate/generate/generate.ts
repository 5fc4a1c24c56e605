import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MigrationError } from '../errors.ts'
import { headsOf, type Migration, migrationsFolder, readMigrations } from '../folder/folder.ts'
import { nextName } from '../folder/naming.ts'
import { type Entity, formatSnapshot, type Snapshot } from '../folder/snapshot.ts'
import { fillReturningColumns } from './comeBack.ts'
import { dataLosses } from './dataLoss.ts'
import { type Ask, downDifference, type Flags, upDifference } from './difference.ts'
import { entitiesOf } from './drizzleKit.ts'
import { asConcurrentBuilds } from './indexBuilds.ts'

export type GenerateOptions = {
  folder?: string
  /** The Drizzle schema: the value of `import * as schema`. */
  schema: Record<string, unknown>
  flags?: Flags
  /** Asks a person what a flag did not answer. Default: such a question is an error. */
  ask?: Ask
  /** Show what would be written, and write nothing. Default false. */
  dryRun?: boolean
}

/** What a migration's folder holds, before it is written. */
export type Draft = {
  name: string
  path: string
  files: Record<string, string>
  warnings: string[]
}

/**
 * Makes a migration from the difference between the schema and the last snapshot, with its way back.
 * @throws {MigrationError} `nothing_to_do` when there is no difference; `undecided`, `two_heads`.
 */
export async function generate(words: string, options: GenerateOptions): Promise<Draft> {
  const { folder = migrationsFolder, schema, flags, ask, dryRun = false } = options
  const migrations = await readMigrations(folder)
  const head = singleHead(migrations)
  const name = nextName(migrations, words)
  const before = head?.snapshot.ddl ?? []
  const after = await entitiesOf(schema)
  const up = await upDifference(before, after, { flags, ask })
  if (up.statements.length === 0) {
    throw new MigrationError(
      'nothing_to_do',
      'The schema and the migrations agree, so there is nothing to generate. For a data migration use --empty.',
    )
  }
  const down = fillReturningColumns(await downDifference(after, before, up.renames), before)
  const warnings = [
    ...dataLosses(up.statements, before).map((loss) => `up loses ${loss}`),
    ...dataLosses(down.statements, after).map((loss) => `down loses ${loss}`),
    ...down.fillings,
    ...needsDefault(up.statements),
    ...usesNewEnumValue(up.statements),
  ]
  const draft = {
    name,
    path: join(folder, name),
    files: {
      'migration.sql': sqlText(up.statements, before),
      'down.sql':
        down.fillings.map((filling) => `-- ${filling}\n`).join('') +
        sqlText(down.statements, after),
      'snapshot.json': formatSnapshot(snapshotOn(head ? [head] : [], after, up.renames)),
    },
    warnings,
  }
  if (!dryRun) await writeDraft(draft)
  return draft
}

/** A new column of a table that may have rows, with nothing to put into them. */
function needsDefault(statements: string[]): string[] {
  return statements.flatMap((statement) => {
    const match =
      /^ALTER TABLE "([^"]+)" ADD COLUMN "([^"]+)" (?!.*(?:DEFAULT|GENERATED|serial)).* NOT NULL;?$/.exec(
        statement,
      )
    if (!match) return []
    return `${match[1]}.${match[2]} is NOT NULL and has no default, so this fails where ${match[1]} has rows. Give it a default, or make it NOT NULL in a later migration, after one that fills it`
  })
}

/** PostgreSQL lets nobody use a new enum value before the transaction that adds it has ended. */
function usesNewEnumValue(statements: string[]): string[] {
  const added = statements.flatMap(
    (statement) => /ADD VALUE ('(?:[^']|'')*')/.exec(statement)?.[1] ?? [],
  )
  return added
    .filter((value) => statements.some((it) => !it.includes('ADD VALUE') && it.includes(value)))
    .map(
      (value) =>
        `${value} is added and used in one migration, which PostgreSQL refuses. Make two: first the value, then its use`,
    )
}

export function snapshotOn(
  parents: Migration[],
  ddl: Entity[],
  renames: Snapshot['renames'] = [],
): Snapshot {
  return { version: 1, parents: parents.map(({ name }) => name), renames, ddl }
}

/** @throws {MigrationError} `two_heads`. */
export function singleHead(migrations: Migration[]): Migration | undefined {
  const heads = headsOf(migrations)
  if (heads.length <= 1) return heads[0]
  const names = heads.map(({ name }) => name)
  throw new MigrationError(
    'two_heads',
    `The history has ${heads.length} heads: ${names.join(', ')}. Join them first with pnpm db:merge "words of your choice".`,
    { heads: names },
  )
}

/** The file's text: what it loses first, then the statements. */
export function sqlText(statements: string[], before: Entity[]): string {
  const builds = asConcurrentBuilds(statements)
  const losses = dataLosses(statements, before).map((loss) => `-- loses data: ${loss}\n`)
  const body = (builds ?? statements).map((statement) => statement.trim())
  return `${builds ? '-- no-transaction\n' : ''}${losses.join('')}${body.join('\n--> statement-breakpoint\n')}\n`
}

/** Writes the folder aside and renames it into place: it is there whole or not at all. */
export async function writeDraft({ path, files }: Draft): Promise<void> {
  const aside = join(path, '..', `.new-${process.pid}`)
  await mkdir(aside, { recursive: true })
  try {
    for (const [file, text] of Object.entries(files)) await writeFile(join(aside, file), text)
    const taken = await access(path).then(
      () => true,
      () => false,
    )
    if (taken) throw new MigrationError('wrong_usage', `${path} exists already.`)
    await rename(aside, path)
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}
