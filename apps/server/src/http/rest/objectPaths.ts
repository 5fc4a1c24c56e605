import type { z } from 'zod'
import { operations } from './operations.ts'

type Schema = z.core.$ZodType

/**
 * Where in the contract each object first stands, for instance
 * `['products', 'list', 'output', 'items', '[]']`; `[]` is an item of a list, `|0` a choice of a union.
 */
export function objectPaths(): Map<Schema, readonly string[]> {
  const paths = new Map<Schema, readonly string[]>()

  function walk(schema: Schema, path: readonly string[]): void {
    const { def } = (schema as z.core.$ZodTypes)._zod
    if (def.type === 'object') {
      if (paths.has(schema)) return
      paths.set(schema, path)
      for (const [name, field] of Object.entries(def.shape)) walk(field, [...path, name])
    } else if (def.type === 'array') {
      walk(def.element, [...path, '[]'])
    } else if (def.type === 'union') {
      for (const [index, option] of def.options.entries()) walk(option, [...path, `|${index}`])
    } else if ('innerType' in def) {
      walk(def.innerType, path)
    }
  }

  for (const { procedure, contract } of operations) {
    walk(contract.input, [...procedure.split('.'), 'input'])
    walk(contract.output, [...procedure.split('.'), 'output'])
  }
  return paths
}
