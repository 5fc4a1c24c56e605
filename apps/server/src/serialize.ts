import superjson, { type SuperJSONResult } from 'superjson'

/**
 * What superjson makes of a value, in one pass where the value holds nothing but JSON and dates, as
 * nearly every answer does: of a page, superjson's own walk costs more than all the rest of the call.
 */
export function serialize(value: unknown): SuperJSONResult {
  const dates: Dates = {}
  const isContainer = typeof value === 'object' && value !== null && isPlain(value)
  const json = isContainer ? contentsOf(value, '', dates) : unsayable
  if (json === unsayable) return superjson.serialize(value)
  const result = { json } as SuperJSONResult
  if (Object.keys(dates).length > 0) result.meta = { values: dates, v: 1 }
  return result
}

type Dates = Record<string, ['Date']>

/** There is something that JSON cannot say, or a name with a dot. */
const unsayable = Symbol('unsayable')

/** The container, or a copy with texts for dates, where there are any. Adds the places of all dates. */
function contentsOf(container: object, above: string, dates: Dates): unknown {
  if (Array.isArray(container)) {
    let copy: unknown[] | undefined
    for (let index = 0; index < container.length; index++) {
      const value: unknown = container[index]
      const said = isSaidAsItIs(value) ? value : jsonOf(value, above, index, dates)
      if (said === unsayable) return unsayable
      if (said !== value) (copy ??= [...container])[index] = said
    }
    return copy ?? container
  }
  let copy: Record<string, unknown> | undefined
  for (const name of Object.keys(container)) {
    if (needsCare(name)) return unsayable
    const value: unknown = container[name as keyof typeof container]
    const said = isSaidAsItIs(value) ? value : jsonOf(value, above, name, dates)
    if (said === unsayable) return unsayable
    if (said !== value) (copy ??= { ...container })[name] = said
  }
  return copy ?? container
}

function isSaidAsItIs(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true
  return typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0)
}

function jsonOf(value: unknown, above: string, name: string | number, dates: Dates): unknown {
  if (typeof value !== 'object' || value === null) return unsayable
  if (isPlain(value)) return contentsOf(value, `${above}${name}.`, dates)
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return unsayable
  dates[`${above}${name}`] = ['Date']
  // Left to `JSON.stringify`, each date would cost a call from there of its `toJSON`.
  return value.toISOString()
}

function isPlain(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}

/** Names that need no care: there are no more than fields have, but for what people put into JSON. */
const harmless = new Set<string>()
const maxHarmless = 2_000

/** Names that superjson writes with care, or refuses. */
function needsCare(name: string): boolean {
  if (harmless.has(name)) return false
  const needsIt =
    name.includes('.') ||
    name.includes('\\') ||
    name === '__proto__' ||
    name === 'constructor' ||
    name === 'prototype' ||
    name === 'toJSON'
  if (!needsIt && harmless.size < maxHarmless) harmless.add(name)
  return needsIt
}
