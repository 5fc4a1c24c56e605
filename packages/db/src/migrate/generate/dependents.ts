import type { Entity, Rename } from '../folder/snapshot.ts'
import { renamed } from './renames.ts'

/**
 * PostgreSQL refuses to change a column's type, or to drop the column, while a view reads it or the
 * expression of an index or a check compares it with a value of the old type. drizzle-kit leaves such
 * things in place. They are the ones that must go before the change and come back after it.
 */
export function dependentsOf(from: Entity[], to: Entity[], renames: Rename[]): Set<Entity> {
  const changed = changedColumns(from, to, renames)
  const isDependent = (entity: Entity, side: 'before' | 'after') =>
    changed.some(({ [side]: column }) => column && dependsOn(entity, column))
  return new Set([
    ...from.filter((entity) => isDependent(entity, 'before')),
    ...to.filter((entity) => isDependent(entity, 'after')),
  ])
}

type Changed = { before: Entity; after: Entity | undefined }

function changedColumns(from: Entity[], to: Entity[], renames: Rename[]): Changed[] {
  const isColumn = ({ entityType }: Entity) => entityType === 'columns'
  return from.filter(isColumn).flatMap((before) => {
    const { table, columns } = renamed({ ...before, columns: [before.name] }, renames)
    const [name] = columns as string[]
    const after = to.find((it) => isColumn(it) && it.table === table && it.name === name)
    const same =
      after?.type === before.type &&
      after?.typeSchema === before.typeSchema &&
      !losesValues(String(before.type), from, to)
    return same ? [] : [{ before, after }]
  })
}

/** An enum that loses a value, or changes their order, is made anew with all its columns. */
function losesValues(type: string, from: Entity[], to: Entity[]): boolean {
  const values = (entities: Entity[]) =>
    entities.find(({ entityType, name }) => entityType === 'enums' && name === type)?.values as
      | string[]
      | undefined
  const before = values(from)
  const after = values(to)
  if (!before || !after) return false
  return before.join('\0') !== after.filter((value) => before.includes(value)).join('\0')
}

function dependsOn(entity: Entity, column: Entity): boolean {
  const { table = '', name } = column
  switch (entity.entityType) {
    case 'indexes': {
      const parts = entity.columns as { value: string; isExpression: boolean }[]
      const expressions = parts.filter((part) => part.isExpression).map((part) => part.value)
      const text = [entity.where ?? '', ...expressions].join(' ')
      return entity.table === table && mentions(text, name)
    }
    case 'checks':
      return entity.table === table && mentions(String(entity.value), name)
    case 'views': {
      const text = String(entity.definition ?? '')
      return mentions(text, table) && (mentions(text, name) || text.includes('*'))
    }
    default:
      return false
  }
}

/** Whether an expression holds a name, quoted or not. */
export const mentions = (text: string, name: string) =>
  new RegExp(String.raw`(?<![\w])"?${name.replace(/[$]/g, String.raw`\$`)}"?(?![\w])`, 'i').test(
    text,
  )
