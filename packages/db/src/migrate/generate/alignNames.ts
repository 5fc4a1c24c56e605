import type { Entity, Rename } from '../folder/snapshot.ts'
import { renamed } from './renames.ts'

const constraints = new Set(['pks', 'uniques', 'fks', 'checks'])

/**
 * Constraints, indexes and sequences whose names were derived from a table or a column that is now
 * called otherwise. drizzle-kit takes them as renamed and says nothing to the database, which would
 * then know them by a name that no later migration uses.
 */
export function alignNames(
  from: Entity[],
  to: Entity[],
  renames: Rename[],
  statements: string[],
): string[] {
  if (renames.length === 0) return []
  const before = from.map((entity) => ({ entity, after: renamed(entity, renames) }))
  const isNew = (entity: Entity) =>
    !before.some(({ after }) => sameKind(after, entity) && after.name === entity.name)
  const named = to.filter(isNew).flatMap((entity) => {
    const old = before.find(
      ({ after }) => sameKind(after, entity) && content(after) === content(entity),
    )
    if (!old || statements.some((statement) => statement.includes(`"${old.entity.name}"`)))
      return []
    return renameStatement(old.entity.name, entity)
  })
  return [...named, ...sequences(from, to, renames)]
}

const sameKind = (one: Entity, other: Entity) =>
  one.entityType === other.entityType && one.schema === other.schema && one.table === other.table

function content({ name: _name, nameExplicit: _explicit, ...rest }: Entity): string {
  return JSON.stringify(rest)
}

function renameStatement(old: string, { entityType, schema, table, name }: Entity): string[] {
  if (entityType === 'indexes') return [`ALTER INDEX ${path(schema, old)} RENAME TO "${name}";`]
  if (!constraints.has(entityType)) return []
  return [`ALTER TABLE ${path(schema, table ?? '')} RENAME CONSTRAINT "${old}" TO "${name}";`]
}

function sequences(from: Entity[], to: Entity[], renames: Rename[]): string[] {
  const columns = (entities: Entity[]) =>
    entities.filter(({ entityType }) => entityType === 'columns')
  return columns(from).flatMap((column) => {
    const { table, columns: names } = renamed({ ...column, columns: [column.name] }, renames)
    const [name] = names as string[]
    const after = columns(to).find((it) => it.table === table && it.name === name)
    const old = sequenceName(column)
    const made = after && sequenceName(after)
    if (!old || !made || old === made) return []
    return [`ALTER SEQUENCE IF EXISTS ${path(column.schema, old)} RENAME TO "${made}";`]
  })
}

function sequenceName({ type, table, name, identity }: Entity): string | null {
  if (String(type).endsWith('serial')) return `${table}_${name}_seq`
  return (identity as { name?: string } | null)?.name ?? null
}

const path = (schema: string | undefined, name: string) =>
  schema && schema !== 'public' ? `"${schema}"."${name}"` : `"${name}"`
