/** A new column of a table that may have rows, with nothing to put into them. */
export function needsDefault(statements: string[]): string[] {
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
export function usesNewEnumValue(statements: string[]): string[] {
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

/** A role that owns nothing has no rights on a new table until somebody grants them. */
export function needsRights(tables: string[]): string[] {
  return tables.map(
    (table) =>
      `the server may not use ${table} yet. Add it to grant_to_server and call that for the server's role, or GRANT what the server needs; db:check asks for it`,
  )
}
