import type { Entity } from '../folder/snapshot.ts'

const path = String.raw`((?:"[^"]+"\.)?"[^"]+")`
const column = String.raw`ALTER TABLE ${path} ALTER COLUMN "([^"]+)"`
const addIdentity = new RegExp(
  String.raw`^${column} ADD GENERATED .*\(sequence name ${path} INCREMENT BY \d+ .*START WITH (\d+)`,
)
const dropIdentity = new RegExp(String.raw`^${column} DROP IDENTITY;$`)
const setType = new RegExp(String.raw`^${column} SET DATA TYPE (\w+)`)
const setDefault = new RegExp(String.raw`^${column} SET DEFAULT nextval\(`)
const ownSequence = new RegExp(String.raw`^ALTER SEQUENCE ${path} OWNED BY `)
const createSequence = new RegExp(String.raw`^CREATE SEQUENCE ${path};$`)
const startAnew = /^SELECT setval\(.*COALESCE\(MAX\(id\), 1\)/

/**
 * A column that begins to number its rows, or does it in another way (serial, identity). drizzle-kit
 * makes the new sequence while an identity still holds its name, gives it another size than `serial` has,
 * and begins with a number that a row has already.
 */
export function alignNumbering(statements: string[], from: Entity[], to: Entity[]): string[] {
  const taken = statements.filter(
    (statement) => dropIdentity.test(statement) && getsSequence(statement, statements),
  )
  const firstMade = statements.findIndex((statement) => createSequence.test(statement))
  return statements.flatMap((statement, index) => {
    if (startAnew.test(statement) || taken.includes(statement)) return []
    const freed = index === firstMade ? taken : []
    return [...freed, ...alignStatement(statement, index, statements, from, to)]
  })
}

function alignStatement(
  statement: string,
  index: number,
  statements: string[],
  from: Entity[],
  to: Entity[],
): string[] {
  const identity = addIdentity.exec(statement)
  if (identity) {
    const [, table = '', name = '', sequence = '', start = '1'] = identity
    return [statement, goOn(sequence, table, name, start)]
  }
  const [, made] = createSequence.exec(statement) ?? []
  if (made) {
    const [, table, name] = setDefault.exec(statements[index + 1] ?? '') ?? []
    const type = typeOf(table, name, statements)
    return [type ? `CREATE SEQUENCE ${made} AS ${type};` : statement]
  }
  const [, table, name = ''] = setDefault.exec(statement) ?? []
  const [, sequence] = createSequence.exec(statements[index - 1] ?? '') ?? []
  if (table && sequence) {
    return [
      `ALTER TABLE ${table} ALTER COLUMN "${name}" SET DEFAULT nextval(${literal(sequence)});`,
      goOn(sequence, table, name, '1'),
    ]
  }
  return [statement, ...resize(statement, from, to)]
}

/** The next number is behind all that are there. */
const goOn = (sequence: string, table: string, name: string, start: string) =>
  `SELECT setval(${literal(sequence)}, GREATEST(MAX("${name}")::bigint + 1, ${start}), false) FROM ${table};`

function getsSequence(statement: string, statements: string[]): boolean {
  const [, table, name] = dropIdentity.exec(statement) ?? []
  return statements.some((other, index) => {
    const match = setDefault.exec(other)
    return (
      match?.[1] === table && match?.[2] === name && ownSequence.test(statements[index + 1] ?? '')
    )
  })
}

function typeOf(table: string | undefined, name: string | undefined, statements: string[]) {
  return statements
    .map((statement) => setType.exec(statement))
    .find((match) => match?.[1] === table && match?.[2] === name)?.[3]
}

/** The sequence of a serial column that becomes a larger or a smaller serial. */
function resize(statement: string, from: Entity[], to: Entity[]): string[] {
  const [, table = '', name, type] = setType.exec(statement) ?? []
  const isIt = (entity: Entity) =>
    entity.entityType === 'columns' &&
    quoted(entity.schema, entity.table ?? '') === table &&
    entity.name === name &&
    String(entity.type).endsWith('serial')
  const before = from.find(isIt)
  if (!before || !to.some(isIt)) return []
  return [
    `ALTER SEQUENCE ${quoted(before.schema, `${before.table}_${before.name}_seq`)} AS ${type};`,
  ]
}

const quoted = (schema: string | undefined, name: string) =>
  schema && schema !== 'public' ? `"${schema}"."${name}"` : `"${name}"`

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
