const create = /^CREATE (UNIQUE )?INDEX (?:CONCURRENTLY )?("[^"]+")/
const drop = /^DROP INDEX (?:CONCURRENTLY )?(?:IF EXISTS )?((?:"[^"]+"\.)?"[^"]+");?$/

/**
 * When a file does nothing but make and remove indexes, they need not hold up writers: the statements in
 * a form that runs outside a transaction. Null when there is anything else, or when an index is made anew
 * under its old name, which must be one step.
 */
export function asConcurrentBuilds(statements: string[]): string[] | null {
  const made = statements.filter((statement) => create.test(statement))
  const removed = statements.filter((statement) => drop.test(statement))
  if (statements.length === 0 || made.length + removed.length < statements.length) return null
  const madeNames = made.map((statement) => create.exec(statement)?.[2])
  const removedNames = removed.map((statement) => drop.exec(statement)?.[1]?.split('.').at(-1))
  if (madeNames.some((name) => removedNames.includes(name))) return null
  return [
    ...made.map((statement) => statement.replace(create, 'CREATE $1INDEX CONCURRENTLY $2')),
    ...removed.map((statement) => statement.replace(drop, 'DROP INDEX CONCURRENTLY IF EXISTS $1;')),
  ]
}
