import type { z } from 'zod'
import { type Field, fieldsOf } from './fields.ts'
import { inputFrom } from './inputs.ts'
import { type ProcedureName, procedure } from './procedures.ts'

/** A field that the rows of a list are narrowed by, and each way in which it can be. */
export type Condition = {
  name: string
  /** What the list takes, each with the value it is given: `contains`, `atLeast`, `isNull`. */
  operators: readonly Field[]
}

type Values = Readonly<Record<string, unknown>>

/** All that a list can be narrowed by, field by field. */
export function conditionsOf(list: ProcedureName): Condition[] {
  const { shape } = procedure(list).input as z.ZodObject
  const where = shape?.where as z.ZodOptional<z.ZodObject> | undefined
  return Object.entries(where?.unwrap().shape ?? {}).map(([name, field]) => ({
    name,
    operators: operatorsOf((field as z.ZodOptional<z.ZodObject>).unwrap()),
  }))
}

/** Most fields share what they take with others of their kind. */
const known = new WeakMap<z.ZodType, Field[]>()

function operatorsOf(schema: z.ZodType): Field[] {
  const operators = known.get(schema) ?? fieldsOf(schema, 'input')
  known.set(schema, operators)
  return operators
}

/** What the filters of a list hold, as the list takes it. Undefined when they narrow nothing. */
export function whereFrom(conditions: readonly Condition[], values: Values): Values | undefined {
  const asked = conditions
    .map(({ name, operators }) => [name, inputFrom(operators, (values[name] || {}) as Values)])
    .filter(([, input]) => Object.keys(input as object).length > 0)
  return asked.length === 0 ? undefined : Object.fromEntries(asked)
}
