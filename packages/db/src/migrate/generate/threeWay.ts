import type { Entity } from '../folder/snapshot.ts'
import { identity, offersOf, referencesOf } from './references.ts'

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
  return { merged, conflicts: [...conflicts, ...orphans(merged, [ours, theirs])] }
}

/** What one branch built on something that the other dropped or renamed. */
function orphans(merged: Entity[], branches: Entity[][]): Conflict[] {
  const offered = offersOf(merged)
  const indexes = branches.map((entities) => ({ entities, index: byIdentity(entities) }))
  return merged.flatMap((entity) => {
    // Where both branches have it alike, what only one of them still has is not needed.
    const holders = indexes.filter(
      ({ index }) => text(index.get(identity(entity))) === text(entity),
    )
    const [first, ...others] = holders.map(({ entities }) => referencesOf(entity, entities))
    return [...(first ?? [])]
      .filter((name) => !offered.has(name) && others.every((references) => references.has(name)))
      .map((name) => ({
        thing: identity(entity),
        reason: `it needs ${name}, which is gone, renamed or changed in the other`,
      }))
  })
}

type Index = Map<string, Entity>

const byIdentity = (entities: Entity[]): Index =>
  new Map(entities.map((entity) => [identity(entity), entity]))

const text = (entity: Entity | undefined) => JSON.stringify(entity)
