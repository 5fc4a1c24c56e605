import type { Connection } from '@stockbook/db'
import { Column, is, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { anywhere, escaped } from './filters.ts'
import { type Tree, withinTree } from './tree.sql.ts'

/** What a list compares for a field of its rows. */
export type Operand =
  | SQLWrapper
  | {
      by: SQLWrapper
      /** `equals` does not look at case either. Default `false`. */
      isCaseless?: boolean
      /** The tree that the ids of `within` are of. */
      tree?: Tree
      /**
       * Of another table, whose own indexes find the rows: turns the condition there into one here.
       * Default: the condition as it is. Not asked for `isNull`: what is nowhere cannot be found there.
       */
      through?: (condition: SQL) => SQL | Promise<SQL>
    }

/** For each field that a list can be narrowed by what it compares: no name comes from a caller. */
export type Operands<Where> = { [Field in keyof NonNullable<Where>]-?: Operand }

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>

/** What the fields of a row must be like, each as a condition. */
export async function conditionsOf<Where extends object>(
  db: Connection,
  where: Where | undefined,
  operands: Operands<Where>,
): Promise<SQL[]> {
  const asked = Object.entries((where ?? {}) as Conditions).flatMap(([field, operators]) =>
    Object.entries(operators ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([operator, value]) => ({
        operand: operands[field as keyof Operands<Where>],
        operator,
        value,
      })),
  )
  return Promise.all(
    asked.map(({ operand, operator, value }) => conditionOf(db, operand, operator, value)),
  )
}

async function conditionOf(
  db: Connection,
  operand: Operand,
  operator: string,
  value: unknown,
): Promise<SQL> {
  const {
    by,
    isCaseless = false,
    tree,
    through = asIs,
  } = isPlain(operand) ? { by: operand } : operand
  if (operator === 'within' && tree) return (await withinTree(db, tree, value as string))(by)
  if (operator === 'equals' && isCaseless) return through(sql`lower(${by}) = lower(${value})`)
  if (operator === 'startsWith' && isUuid(by)) return through(beginsId(by, value as string))
  const compare = comparisons[operator as keyof typeof comparisons]
  const condition = compare(by, value as never)
  return operator === 'isNull' ? condition : through(condition)
}

const isPlain = (operand: Operand): operand is SQLWrapper => 'getSQL' in operand
const asIs = (condition: SQL) => condition
const isUuid = (by: SQLWrapper) => is(by, Column) && by.getSQLType() === 'uuid'

type Value = string | number | boolean | Date

const comparisons = {
  equals: (by: SQLWrapper, value: Value) => sql`${by} = ${typed(value)}`,
  greaterThan: (by: SQLWrapper, value: Value) => sql`${by} > ${typed(value)}`,
  atLeast: (by: SQLWrapper, value: Value) => sql`${by} >= ${typed(value)}`,
  lessThan: (by: SQLWrapper, value: Value) => sql`${by} < ${typed(value)}`,
  atMost: (by: SQLWrapper, value: Value) => sql`${by} <= ${typed(value)}`,
  contains: (by: SQLWrapper, part: string) => sql`${by}::text ilike ${anywhere(part)}`,
  startsWith: (by: SQLWrapper, part: string) => sql`${by}::text ilike ${`${escaped(part)}%`}`,
  endsWith: (by: SQLWrapper, part: string) => sql`${by}::text ilike ${`%${escaped(part)}`}`,
  oneOf: (by: SQLWrapper, values: readonly string[]) =>
    sql`${by} in (${sql.join(
      values.map((value) => sql`${value}`),
      sql`, `,
    )})`,
  includes: (by: SQLWrapper, value: string) => sql`${value} = any(${by})`,
  isNull: (by: SQLWrapper, wanted: boolean) =>
    wanted ? sql`${by} is null` : sql`${by} is not null`,
}

/** Numbers of the contract may be larger than those that a column can hold. */
function typed(value: Value): SQL {
  if (typeof value === 'number') return sql`${value}::bigint`
  if (value instanceof Date) return sql`${value.toISOString()}::timestamptz`
  return sql`${value}`
}

const leastId = '00000000-0000-0000-0000-000000000000'
const greatestId = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** As a range: an index on ids knows nothing of text. */
function beginsId(by: SQLWrapper, start: string): SQL {
  const isStart = [...start].every((sign, at) => (sign === '-') === (leastId[at] === '-'))
  if (!isStart) return sql`false`
  const rest = start.length
  return sql`${by} between ${start + leastId.slice(rest)} and ${start + greatestId.slice(rest)}`
}
