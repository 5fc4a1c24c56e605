import type { Entity } from '../folder/snapshot.ts'

/**
 * A column that the way down brings back holds nothing any more. Without a default it could not be NOT
 * NULL in a table that has rows, so its rows get a value that stands for nothing, and the default goes
 * again at once.
 * @returns the statements, and what each such column is filled with.
 */
export function fillReturningColumns(
  statements: string[],
  to: Entity[],
): { statements: string[]; fillings: string[] } {
  const fillings: string[] = []
  const filled = statements.flatMap((statement) => {
    const match = /^ALTER TABLE ((?:"[^"]+"\.)?"([^"]+)") ADD COLUMN "([^"]+)" /.exec(statement)
    const [, path, table, name] = match ?? []
    const column = to.find(
      (it) => it.entityType === 'columns' && it.table === table && it.name === name,
    )
    const value = column && needsValue(column) ? emptyValue(column, to) : null
    if (!column || value === null) return [statement]
    fillings.push(`${table}.${name} comes back with ${value} in every row`)
    return [
      statement.replace(/ NOT NULL(?=;?$)/, ` DEFAULT ${value} NOT NULL`),
      `ALTER TABLE ${path} ALTER COLUMN "${name}" DROP DEFAULT;`,
    ]
  })
  return { statements: filled, fillings }
}

function needsValue({ notNull, default: value, generated, identity, type }: Entity): boolean {
  return notNull === true && !value && !generated && !identity && !String(type).endsWith('serial')
}

/** The same value in every row would break a key: there a person must say what comes back. */
function isKey({ table, name }: Entity, to: Entity[]): boolean {
  return to.some(
    (it) =>
      (it.entityType === 'pks' || it.entityType === 'uniques') &&
      it.table === table &&
      (it.columns as string[]).includes(name),
  )
}

function emptyValue(column: Entity, to: Entity[]): string | null {
  const { type, typeSchema, dimensions } = column
  const base = String(type)
    .replace(/\(.*/, '')
    .replace(/ with(out)? time zone/, '')
  if (base === 'uuid') return 'gen_random_uuid()'
  if (isKey(column, to)) return null
  if (Number(dimensions) > 0 || base.endsWith('[]')) return `'{}'`
  const kind = to.find((it) => it.entityType === 'enums' && it.name === base)
  if (typeSchema && kind) return literal((kind.values as string[])[0] ?? '')
  if (/^(text|varchar|char|citext|bytea)$/.test(base)) return `''`
  if (/^(smallint|integer|bigint|numeric|real|double precision|interval)$/.test(base)) return `'0'`
  if (/^(date|timestamp)$/.test(base)) return `'epoch'`
  if (base === 'time') return `'00:00'`
  if (base === 'boolean') return 'false'
  if (/^jsonb?$/.test(base)) return `'{}'`
  return null
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
