import { bareStatements } from '../folder/bareStatements.ts'
import type { Migration } from '../folder/folder.ts'
import type { Entity } from '../folder/snapshot.ts'
import { keepsValues } from './typeChange.ts'

const name = String.raw`(?:"[^"]+"|\w+)`
const path = String.raw`(${name}(?:\s*\.\s*${name})?)`
const wholeTable = [
  new RegExp(String.raw`^drop\s+table\s+(?:if\s+exists\s+)?${path}`, 'i'),
  new RegExp(String.raw`^truncate\s+(?:table\s+)?(?:only\s+)?${path}`, 'i'),
  new RegExp(String.raw`^delete\s+from\s+(?:only\s+)?${path}\s*$`, 'i'),
]
const alterTable = new RegExp(
  String.raw`^alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?${path}\s+([\s\S]*)$`,
  'i',
)
const dropColumn = new RegExp(
  String.raw`(?:^|,)\s*drop\s+(?:column\s+)?(?:if\s+exists\s+)?(?!constraint\b)(${name})`,
  'gi',
)
const changeType = new RegExp(
  String.raw`(?:^|,)\s*alter\s+(?:column\s+)?(${name})\s+(?:set\s+data\s+)?type\s+((?:"[^"]+"|[\w. ]|\([\d, ]*\)|\[\])+?)\s*(?=,|$|using\b|collate\b)`,
  'gi',
)

/**
 * What the statements lose of the data, in words. Sees only what a statement says itself, not what a
 * function that it calls may do.
 * @param before the schema that the statements begin with; without it a change of type counts as a loss
 * where it may be one.
 */
export function dataLosses(statements: string[], before: Entity[] = []): string[] {
  return statements.flatMap(bareStatements).flatMap(({ text }) => {
    const table = wholeTable.map((pattern) => pattern.exec(text)?.[1]).find(Boolean)
    if (table) return [`every row of ${bare(table)}`]
    const [, altered, actions] = alterTable.exec(text) ?? []
    return altered && actions ? columnLosses(bare(altered), actions, before) : []
  })
}

function columnLosses(table: string, actions: string, before: Entity[]): string[] {
  const dropped = [...actions.matchAll(dropColumn)].map(
    ([, column]) => `${table}.${bare(column)} of every row`,
  )
  const changed = [...actions.matchAll(changeType)].flatMap(([, column, type = '']) => {
    const old = before.find(
      (it) =>
        it.entityType === 'columns' &&
        it.table === table.split('.').at(-1) &&
        it.name === bare(column),
    )
    if (keepsValues(old && String(old.type), type.trim())) return []
    return [`what of ${table}.${bare(column)} does not fit into ${bare(type.trim())}`]
  })
  return [...dropped, ...changed]
}

/** What the way up of a migration loses. */
export function lossesOf(migration: Migration, migrations: Migration[]): string[] {
  const parents = migrations.filter(({ name }) => migration.snapshot.parents.includes(name))
  const before = parents.flatMap(({ snapshot }) => snapshot.ddl)
  return dataLosses(
    migration.up.statements.map(({ text }) => text),
    before,
  )
}

const bare = (text = '') => text.replaceAll('"', '')
