import { join } from 'node:path'
import { hasServerRole, tablesMadeBy } from '../check/rights.ts'
import { MigrationError } from '../errors.ts'
import { migrationsFolder, readMigrations, singleHead } from '../folder/folder.ts'
import { nextName } from '../folder/naming.ts'
import { formatSnapshot } from '../folder/snapshot.ts'
import { fillReturningColumns } from './comeBack.ts'
import { dataLosses } from './dataLoss.ts'
import { type Ask, downDifference, type Flags, upDifference } from './difference.ts'
import { type Draft, snapshotOn, sqlText, writeDraft } from './draft.ts'
import { entitiesOf } from './drizzleKit.ts'
import { needsDefault, needsRights, usesNewEnumValue } from './warnings.ts'

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
    ...(hasServerRole(migrations) ? needsRights(tablesMadeBy(up.statements)) : []),
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
