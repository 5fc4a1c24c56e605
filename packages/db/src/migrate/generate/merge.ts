import { join } from 'node:path'
import { MigrationError } from '../errors.ts'
import {
  headsOf,
  type Migration,
  migrationsFolder,
  readMigrations,
  withAncestors,
} from '../folder/folder.ts'
import { nextName } from '../folder/naming.ts'
import { type Entity, formatSnapshot } from '../folder/snapshot.ts'
import { fillReturningColumns } from './comeBack.ts'
import { dataLosses } from './dataLoss.ts'
import { type Ask, downDifference, type Flags, upDifference } from './difference.ts'
import { type Draft, snapshotOn, sqlText, writeDraft } from './draft.ts'
import { entitiesOf } from './drizzleKit.ts'
import { mergeSchemas } from './threeWay.ts'

export type MergeOptions = {
  folder?: string
  schema: Record<string, unknown>
  flags?: Flags
  ask?: Ask
  dryRun?: boolean
}

/**
 * Joins the heads of the history by a migration that builds on all of them. It holds no SQL, unless the
 * models say more than the branches together do.
 * @throws {MigrationError} `nothing_to_do` with one head; `two_heads` when branches touch the same thing.
 */
export async function merge(words: string, options: MergeOptions): Promise<Draft> {
  const { folder = migrationsFolder, schema, flags, ask, dryRun = false } = options
  const migrations = await readMigrations(folder)
  const heads = headsOf(migrations)
  if (heads.length < 2) {
    throw new MigrationError(
      'nothing_to_do',
      `The history has one head, ${heads[0]?.name ?? 'and that is empty'}: there is nothing to merge.`,
    )
  }
  const merged = mergedSchema(migrations, heads)
  const after = await entitiesOf(schema)
  const up = await upDifference(merged, after, { flags, ask })
  const down = fillReturningColumns(await downDifference(after, merged, up.renames), merged)
  const name = nextName(migrations, words)
  const why = `-- Joins ${heads.map((head) => head.name).join(' and ')}.\n`
  const draft: Draft = {
    name,
    path: join(folder, name),
    files: {
      'migration.sql': why + sqlText(up.statements, merged),
      'down.sql': why + sqlText(down.statements, after),
      'snapshot.json': formatSnapshot(snapshotOn(heads, after, up.renames)),
    },
    warnings: dataLosses(up.statements, merged).map((loss) => `up loses ${loss}`),
  }
  if (!dryRun) await writeDraft(draft)
  return draft
}

function mergedSchema(migrations: Migration[], heads: Migration[]): Entity[] {
  const [first, ...others] = heads
  let ours = first?.snapshot.ddl ?? []
  let seen = withAncestors(migrations, first?.name ?? '')
  for (const head of others) {
    const theirs = withAncestors(migrations, head.name)
    const base = migrations.findLast(({ name }) => seen.has(name) && theirs.has(name))
    const { merged, conflicts } = mergeSchemas(base?.snapshot.ddl ?? [], ours, head.snapshot.ddl)
    if (conflicts.length > 0) {
      const list = conflicts.map(({ thing, reason }) => `  ${thing}: ${reason}`).join('\n')
      throw new MigrationError(
        'two_heads',
        `The branches touch the same things, so the result would depend on their order:\n${list}\n` +
          `Take one branch back (pnpm db:rollback, then remove the folder ${head.name}), keep its change in the models, and generate it anew on top of the other.`,
        { conflicts },
      )
    }
    ours = merged
    seen = new Set([...seen, ...theirs])
  }
  return ours
}
