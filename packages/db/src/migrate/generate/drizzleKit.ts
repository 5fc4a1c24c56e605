import { createRequire } from 'node:module'
import type { MissingHint } from 'drizzle-kit/api-postgres'
import type { Entity, Rename } from '../folder/snapshot.ts'

// drizzle-kit exports this entry without documenting it, so nothing outside this file knows of it,
// the version is pinned and the tests run every kind of change through it.
type Kit = typeof import('drizzle-kit/api-postgres')
const loadKit = (): Kit => createRequire(import.meta.url)('drizzle-kit/api-postgres')

/** Something that is new in the schema, while something of its kind is gone: renamed or made? */
export type Question = { kind: string; entity: string[] }

/** The answers: what was renamed; and what is new although something of its kind is gone. */
export type Answers = { renames: Rename[]; created: Question[] }

/** The entities of a Drizzle schema: the value of `import * as schema`. */
export async function entitiesOf(schema: Record<string, unknown>): Promise<Entity[]> {
  const { ddl } = await loadKit().generateDrizzleJson(schema)
  return ddl as unknown as Entity[]
}

/** The statements that lead from one schema to another, or the questions that are still open. */
export async function differenceOf(
  from: Entity[],
  to: Entity[],
  { renames, created }: Answers,
): Promise<{ statements: string[] } | { questions: Question[] }> {
  const hints = [
    ...renames.map((rename) => ({ type: 'rename', ...rename })),
    ...created.map((made) => ({ type: 'create', ...made })),
  ]
  try {
    const statements = await loadKit().generateMigration(state(from), state(to), {
      hints: hints as never,
    })
    return { statements }
  } catch (error) {
    const { code, missingHints } = error as { code?: string; missingHints?: MissingHint[] }
    if (code !== 'missing_hints' || !missingHints) throw error
    return { questions: missingHints.map(({ kind, entity }) => ({ kind, entity: [...entity] })) }
  }
}

const state = (ddl: Entity[]) => ({
  version: '9',
  dialect: 'postgres',
  id: '00000000-0000-0000-0000-000000000001',
  prevIds: ['00000000-0000-0000-0000-000000000000'],
  ddl,
})
