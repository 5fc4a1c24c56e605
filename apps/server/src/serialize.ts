import superjson, { type SuperJSONResult } from 'superjson'

/**
 * What superjson makes of a value, in one pass where the value holds nothing but JSON and dates, as
 * nearly every answer does: of a page, superjson's own walk costs more than all the rest of the call.
 */
export function serialize(value: unknown): SuperJSONResult {
  const dates: Dates = {}
  // JSON writes a date as superjson does. What is left to tell is where the dates are.
  const isContainer = typeof value === 'object' && value !== null && isPlain(value)
  if (!isContainer || !findDates(value, '', dates)) return superjson.serialize(value)
  const json = value as SuperJSONResult['json']
  return Object.keys(dates).length > 0 ? { json, meta: { values: dates, v: 1 } } : { json }
}

type Dates = Record<string, ['Date']>

/** Adds the places of all dates. False: there is something that JSON cannot say, or a name with a dot. */
function findDates(container: object, above: string, dates: Dates): boolean {
  if (Array.isArray(container)) {
    for (let index = 0; index < container.length; index++) {
      if (!isSayable(container[index], above, index, dates)) return false
    }
    return true
  }
  for (const name of Object.keys(container)) {
    if (needsCare(name)) return false
    if (!isSayable(container[name as keyof typeof container], above, name, dates)) return false
  }
  return true
}

function isSayable(value: unknown, above: string, name: string | number, dates: Dates): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0)
  if (typeof value !== 'object') return false
  if (isPlain(value)) return findDates(value, `${above}${name}.`, dates)
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return false
  dates[`${above}${name}`] = ['Date']
  return true
}

function isPlain(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}

/** Names that superjson writes with care, or refuses. */
function needsCare(name: string): boolean {
  return (
    name.includes('.') ||
    name.includes('\\') ||
    name === '__proto__' ||
    name === 'constructor' ||
    name === 'prototype' ||
    name === 'toJSON'
  )
}
