import { MigrationError } from '../errors.ts'

/** One table, column, index, … as drizzle-kit describes it. */
export type Entity = { entityType: string; name: string; schema?: string; table?: string } & Record<
  string,
  unknown
>

/** A thing that kept its content and changed its name. Paths are `schema, table, column` or shorter. */
export type Rename = { kind: string; from: string[]; to: string[] }

/** The schema as a migration leaves it. Kept as `snapshot.json` beside the SQL. */
export type Snapshot = {
  version: 1
  /** Names of the migrations that this one builds on: none for the first, two for a merge. */
  parents: string[]
  /** What this migration renamed, so that the way back is a rename too. */
  renames: Rename[]
  ddl: Entity[]
}

export function parseSnapshot(text: string, file: string): Snapshot {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new MigrationError('broken_folder', `${file} is not valid JSON: ${String(cause)}`, {
      cause,
    })
  }
  const snapshot = value as Partial<Snapshot>
  if (snapshot?.version !== 1 || !Array.isArray(snapshot.parents) || !Array.isArray(snapshot.ddl)) {
    throw new MigrationError(
      'broken_folder',
      `${file} is not a snapshot of this tool (version 1 with "parents" and "ddl"). Make the migration with pnpm db:generate.`,
    )
  }
  return {
    version: 1,
    parents: snapshot.parents,
    renames: snapshot.renames ?? [],
    ddl: snapshot.ddl,
  }
}

/** One entity a line, sorted, so that a review and a merge see what changed and no more. */
export function formatSnapshot(snapshot: Snapshot): string {
  const ddl = snapshot.ddl.map((entity) => `    ${JSON.stringify(entity)}`).sort()
  const renames = snapshot.renames.map((rename) => `    ${JSON.stringify(rename)}`)
  return [
    '{',
    '  "version": 1,',
    `  "parents": ${JSON.stringify(snapshot.parents)},`,
    `  "renames": ${list(renames)},`,
    `  "ddl": ${list(ddl)}`,
    '}',
    '',
  ].join('\n')
}

const list = (lines: string[]) => (lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`)
