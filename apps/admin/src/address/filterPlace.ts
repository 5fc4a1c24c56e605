import type { z } from 'zod'
import type { Field } from '../contract/fields.ts'
import { type ProcedureName, procedure } from '../contract/procedures.ts'
import type { Resource } from '../resources/describe.ts'

/** Where a filter belongs in what the list takes. */
export type Place = { field: Field; schema: z.ZodType }

/**
 * Finds what a filter is, and what values it takes.
 * @param path its name; or of a field of the rows, that field and what is asked of it
 * @returns `undefined` when the list has none by this name
 */
export function placeOf(
  resource: Resource,
  [name = '', operator]: readonly string[],
): Place | undefined {
  const { list, listWith } = resource
  if (operator === undefined) {
    const field = resource.filters.find((filter) => filter.name === name)
    return placeIn(listWith?.filter === name ? listWith.procedure : list, [name], field)
  }
  const condition = resource.conditions.find((other) => other.name === name)
  const field = condition?.operators.find((other) => other.name === operator)
  return placeIn(list, ['where', name, operator], field)
}

function placeIn(
  name: ProcedureName,
  path: readonly string[],
  field: Field | undefined,
): Place | undefined {
  if (field === undefined) return undefined
  let schema: z.ZodType | undefined = procedure(name).input
  for (const step of path) schema = unwrapped(schema)?.shape[step] as z.ZodType | undefined
  return schema && { field, schema }
}

function unwrapped(schema: z.ZodType | undefined): z.ZodObject | undefined {
  return schema?.type === 'optional'
    ? ((schema as z.ZodOptional).unwrap() as z.ZodObject)
    : (schema as z.ZodObject | undefined)
}

/** Lists of values are lists, all else is a value by itself. Inputs break when they are given the other. */
export function isFormOf({ kind }: Field, value: unknown): boolean {
  if (kind === 'archived') return ['true', 'false', 'all', ''].includes(String(value ?? ''))
  if (typeof value !== 'object' || value === null) return true
  return Array.isArray(value) && ['ids', 'choices', 'texts'].includes(kind)
}
