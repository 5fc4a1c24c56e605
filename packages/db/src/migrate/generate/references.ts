import type { Entity } from '../folder/snapshot.ts'
import { mentions } from './dependents.ts'

/** What an entity is called in a message, and by which two branches know it as the same. */
export const identity = ({ entityType, schema, table, name }: Entity) =>
  `${entityType} ${path(schema, table, name)}`

/** Everything in a schema that something else may rest on, by the name that `referencesOf` uses. */
export function offersOf(entities: Entity[]): Set<string> {
  return new Set(entities.flatMap((entity) => [identity(entity), ...insideOf(entity)]))
}

/**
 * What an entity cannot be without: its table, its columns, the columns and the key that a foreign key
 * points to, the enum and the value of a default. Names only what the schema around it really has, so
 * that something made by hand in SQL is not missed.
 */
export function referencesOf(entity: Entity, schema: Entity[]): Set<string> {
  const offered = offersOf(schema)
  const named = [...namesIn(entity), ...mentionedIn(entity, schema)]
  return new Set(named.filter((name) => offered.has(name) && name !== identity(entity)))
}

/** The values of an enum, and the columns that a key tells rows apart by. */
function insideOf(entity: Entity): string[] {
  const { entityType, schema, table, name } = entity
  if (entityType === 'enums') {
    return (entity.values as string[]).map((value) => enumValue(schema, name, value))
  }
  const isKey =
    entityType === 'pks' ||
    entityType === 'uniques' ||
    (entityType === 'indexes' && entity.isUnique === true && !entity.where)
  return isKey ? [key(schema, table, plainColumns(entity))] : []
}

function namesIn(entity: Entity): string[] {
  const { entityType, schema, table } = entity
  const own = table === undefined ? [] : [`tables ${path(schema, table)}`]
  switch (entityType) {
    case 'columns':
      return [...own, ...typeOf(entity)]
    case 'fks': {
      const [schemaTo, tableTo] = [entity.schemaTo as string, entity.tableTo as string]
      const columnsTo = entity.columnsTo as string[]
      return [
        ...own,
        ...columns(schema, table, plainColumns(entity)),
        `tables ${path(schemaTo, tableTo)}`,
        ...columns(schemaTo, tableTo, columnsTo),
        key(schemaTo, tableTo, columnsTo),
      ]
    }
    case 'pks':
    case 'uniques':
    case 'indexes':
      return [...own, ...columns(schema, table, plainColumns(entity))]
    default:
      return own
  }
}

function typeOf({ type, typeSchema, default: value }: Entity): string[] {
  if (!typeSchema) return []
  const [schema, name] = [String(typeSchema), String(type).replaceAll('[]', '')]
  const [, literal] = /^'((?:[^']|'')*)'/.exec(String(value ?? '')) ?? []
  return [
    `enums ${path(schema, name)}`,
    ...(literal === undefined ? [] : [enumValue(schema, name, literal.replaceAll("''", "'"))]),
  ]
}

/** Tables and columns whose names stand in an expression, outside of its text literals. */
function mentionedIn(entity: Entity, schema: Entity[]): string[] {
  const text = expressionOf(entity).replace(/'(?:[^']|'')*'/g, "''")
  if (text.trim() === '') return []
  const isView = entity.entityType === 'views'
  return schema
    .filter(({ entityType, table, name }) => {
      if (entityType === 'tables') return isView && mentions(text, name)
      if (entityType !== 'columns') return false
      const inReach = isView ? mentions(text, table ?? '') : table === entity.table
      return inReach && mentions(text, name)
    })
    .map(identity)
}

function expressionOf(entity: Entity): string {
  switch (entity.entityType) {
    case 'checks':
      return String(entity.value ?? '')
    case 'views':
      return String(entity.definition ?? '')
    case 'columns':
      return (entity.generated as { as?: string } | null)?.as ?? ''
    case 'indexes': {
      const expressions = indexParts(entity).filter(({ isExpression }) => isExpression)
      return [entity.where ?? '', ...expressions.map(({ value }) => value)].join(' ')
    }
    default:
      return ''
  }
}

function plainColumns(entity: Entity): string[] {
  if (entity.entityType !== 'indexes') return entity.columns as string[]
  return indexParts(entity).flatMap(({ value, isExpression }) => (isExpression ? [] : [value]))
}

const indexParts = (entity: Entity) => entity.columns as { value: string; isExpression: boolean }[]

const columns = (schema: string | undefined, table: string | undefined, names: string[]) =>
  names.map((name) => `columns ${path(schema, table, name)}`)

const key = (schema: string | undefined, table: string | undefined, names: string[]) =>
  `key ${path(schema, table)} (${[...names].sort().join(', ')})`

const enumValue = (schema: string | undefined, name: string, value: string) =>
  `value '${value}' of enums ${path(schema, name)}`

const path = (schema: string | undefined, ...names: (string | undefined)[]) =>
  [schema === 'public' ? undefined : schema, ...names].filter(Boolean).join('.')
