import type { Entity, Rename } from '../folder/snapshot.ts'

/** The renames that lead back. A column's path names its table as the table is called at the end. */
export function reversed(renames: Rename[]): Rename[] {
  return renames.map(({ kind, from, to }) => {
    const table = to.length === 3 ? tableBefore(renames, to) : undefined
    const path = (names: string[]) =>
      table === undefined ? names : [names[0] ?? '', table, names[2] ?? '']
    return { kind, from: path(to), to: path(from) }
  })
}

/** What the table of a path was called before. */
function tableBefore(renames: Rename[], [schema, table]: string[]): string | undefined {
  const rename = renames.find(
    ({ kind, to }) => kind === 'table' && to[0] === schema && to[1] === table,
  )
  return rename?.from[1] ?? table
}

/** A thing's entry with the table and the columns that it names called as they are after the renames. */
export function renamed(entity: Entity, renames: Rename[]): Entity {
  const table = (name: unknown) =>
    renames.find(({ kind, from }) => kind === 'table' && from[1] === name)?.to[1] ?? name
  const column = (ofTable: unknown) => (name: unknown) =>
    renames.find(({ kind, from }) => kind === 'column' && from[1] === ofTable && from[2] === name)
      ?.to[2] ?? name
  const result: Entity = { ...entity, table: table(entity.table) as string }
  if (entity.entityType === 'indexes') {
    result.columns = (entity.columns as { value: string; isExpression: boolean }[]).map((part) =>
      part.isExpression ? part : { ...part, value: column(result.table)(part.value) },
    )
  } else if (Array.isArray(entity.columns)) {
    result.columns = entity.columns.map(column(result.table))
  }
  if (Array.isArray(entity.columnsTo)) {
    result.tableTo = table(entity.tableTo)
    result.columnsTo = entity.columnsTo.map(column(result.tableTo))
  }
  return result
}
