import type { Entity } from '../folder/snapshot.ts'

/** A thing that two branches changed, each in its way. */
export type Conflict = { thing: string; reason: string }

/**
 * The schema that has the changes of both branches, and the things that both touched: what such a thing
 * would be in the end depends on which branch a database saw first.
 */
export function mergeSchemas(
  base: Entity[],
  ours: Entity[],
  theirs: Entity[],
): { merged: Entity[]; conflicts: Conflict[] } {
  const [before, left, right] = [base, ours, theirs].map(byIdentity) as [Index, Index, Index]
  const merged: Entity[] = []
  const conflicts: Conflict[] = []
  for (const key of new Set([...before.keys(), ...left.keys(), ...right.keys()])) {
    const [was, mine, other] = [before, left, right].map((index) => index.get(key))
    const changedHere = text(mine) !== text(was)
    const changedThere = text(other) !== text(was)
    if (changedHere && changedThere) conflicts.push({ thing: key, reason: 'changed by both' })
    const entity = changedHere ? mine : other
    if (entity) merged.push(entity)
  }
  return { merged, conflicts: [...conflicts, ...orphans(merged)] }
}

/** A column, a constraint or an index whose table the other branch dropped or renamed. */
function orphans(merged: Entity[]): Conflict[] {
  const tables = new Set(
    merged
      .filter(({ entityType }) => entityType === 'tables')
      .map(({ schema, name }) => `${schema}.${name}`),
  )
  return merged
    .filter(({ schema, table }) => table !== undefined && !tables.has(`${schema}.${table}`))
    .map((entity) => ({
      thing: identity(entity),
      reason: 'its table is gone or renamed in the other',
    }))
}

type Index = Map<string, Entity>

const byIdentity = (entities: Entity[]): Index =>
  new Map(entities.map((entity) => [identity(entity), entity]))

const identity = ({ entityType, schema, table, name }: Entity) =>
  `${entityType} ${[schema === 'public' ? undefined : schema, table, name].filter(Boolean).join('.')}`

const text = (entity: Entity | undefined) => JSON.stringify(entity)
