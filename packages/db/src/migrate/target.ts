import { MigrationError } from './errors.ts'
import { findMigration, type Migration, withAncestors } from './folder/folder.ts'

/** Names that are applied when the database has come up to `to`: `head`, `+N` or a name. */
export function upTo(migrations: Migration[], applied: string[], to: string): Set<string> {
  if (to === 'head' || to === 'heads') return new Set(migrations.map(({ name }) => name))
  const steps = /^\+(\d+)$/.exec(to)?.[1]
  if (steps === undefined) return withAncestors(migrations, findMigration(migrations, to).name)
  const pending = migrations.filter(({ name }) => !applied.includes(name))
  return new Set([...applied, ...pending.slice(0, Number(steps)).map(({ name }) => name)])
}

/**
 * What must be undone, newest first: the last `steps`, or all that `to` does not build on.
 * @param applied names in the order of application.
 * @throws {MigrationError} `wrong_usage` when both are given, or `to` is not applied.
 */
export function downTo(
  migrations: Migration[],
  applied: string[],
  { steps, to }: { steps?: number; to?: string },
): string[] {
  if (steps !== undefined && to !== undefined) {
    throw new MigrationError(
      'wrong_usage',
      `Say how far back either by a number (${steps}) or by --to ${to}, not by both. Nothing was undone.`,
    )
  }
  const newestFirst = [...applied].reverse()
  if (to === undefined) return newestFirst.slice(0, steps ?? 1)
  if (to === 'base') return newestFirst
  const target = findMigration(migrations, to).name
  if (!applied.includes(target)) {
    throw new MigrationError(
      'wrong_usage',
      `${target} is not applied, so nothing can be rolled back to it. pnpm db:migrate --to ${target} goes forward.`,
    )
  }
  const kept = withAncestors(migrations, target)
  return newestFirst.filter((name) => !kept.has(name))
}
