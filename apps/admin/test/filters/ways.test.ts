import { describe, expect, test } from 'vitest'
import { covers, momentsOf, wayFor, waysOf, wholeDay } from '../../src/filters/ways.ts'
import { isOffered } from '../../src/filters/offered.ts'
import { resourceOf, resources } from '../../src/resources/index.ts'

function waysIn(table: string, field: string) {
  const { conditions, references } = resourceOf(table)
  const condition = conditions.find(({ name }) => name === field)!
  return { condition, ways: waysOf(condition, references?.[field] !== undefined) }
}

const namesIn = (table: string, field: string) => waysIn(table, field).ways.map(({ name }) => name)

test('each kind of field has the ways that a person would look for', () => {
  const missing = ['isEmpty', 'isNotEmpty']
  const text = ['contains', 'equals', 'startsWith', 'endsWith']
  const ordered = ['equals', 'greaterThan', 'atLeast', 'lessThan', 'atMost', 'between']
  expect(namesIn('products', 'name')).toEqual(text)
  expect(namesIn('partners', 'country')).toEqual(['oneOf', ...text, ...missing])
  expect(namesIn('products', 'reorderPoint')).toEqual([...ordered, ...missing])
  expect(namesIn('products', 'unitPrice')).toEqual([...ordered, ...missing])
  expect(namesIn('lots', 'expiresOn')).toEqual([...ordered, ...missing])
  expect(namesIn('movements', 'occurredAt')).toEqual(['onDay', 'atLeast', 'lessThan', 'between'])
  expect(namesIn('products', 'categoryId')).toEqual(['within', 'equals', ...missing])
  expect(namesIn('products', 'supplierId')).toEqual(['equals', ...missing])
  expect(namesIn('movements', 'commandId')).toEqual(['contains', 'equals', 'startsWith'])
  expect(namesIn('products', 'tracking')).toEqual(['oneOf'])
  expect(namesIn('checks', 'isBlind')).toEqual(['equals'])
})

test('no field of a list is offered twice, and none is without a way', () => {
  for (const resource of resources) {
    const names = resource.filters
      .filter((field) => isOffered(resource, field))
      .map(({ name }) => name)
    const fields = resource.conditions.map(({ name }) => name)
    expect(names.filter((name) => fields.includes(name))).toEqual([])
    for (const field of fields) expect(namesIn(resource.name, field)).not.toEqual([])
  }
})

test('a filter that an address holds from before still counts, though it is not offered', () => {
  const movements = resourceOf('movements')
  const filters = movements.filters.map(({ name }) => name)
  expect(filters).toContain('types')
  const offered = movements.filters.filter((field) => isOffered(movements, field))
  expect(offered.map(({ name }) => name)).toEqual(['locationId'])
})

describe('the way that an address means', () => {
  const wayOf = (table: string, field: string, values: object) => {
    const { condition, ways } = waysIn(table, field)
    const { name, operators } = wayFor(ways, condition, values as never)
    return [name, ...operators.map((operator) => operator.name)]
  }

  test('is the one that says all of it', () => {
    expect(wayOf('products', 'name', { endsWith: 'x', contains: '' })).toEqual([
      'endsWith',
      'endsWith',
    ])
    expect(wayOf('products', 'reorderPoint', { atLeast: 0, atMost: 5 })).toEqual([
      'between',
      'atLeast',
      'atMost',
    ])
    expect(wayOf('products', 'reorderPoint', { isNull: true })).toEqual(['isEmpty'])
    expect(wayOf('products', 'reorderPoint', { isNull: false })).toEqual(['isNotEmpty'])
  })

  test('is all of its parts where no way of the panel says it', () => {
    const both = { contains: 'a', startsWith: 'b' }
    expect(wayOf('products', 'name', both)).toEqual(['several', 'contains', 'startsWith'])
    const { ways } = waysIn('products', 'reorderPoint')
    const between = ways.find(({ name }) => name === 'between')!
    expect(covers(between, { atLeast: 1 })).toBe(true)
    expect(covers(between, { atLeast: 1, isNull: true })).toBe(false)
  })

  test('is a day when its moments are those of one', () => {
    const day = momentsOf('2026-03-29')!
    expect(wayOf('movements', 'occurredAt', day)[0]).toBe('onDay')
    expect(wholeDay(day)).toBe('2026-03-29')
    const longer = { ...day, lessThan: momentsOf('2026-03-30')!.lessThan }
    expect(wayOf('movements', 'occurredAt', longer)[0]).toBe('between')
    expect(wholeDay(longer)).toBe(null)
    expect(momentsOf('')).toBe(null)
    expect(wholeDay({ atLeast: 'x', lessThan: 'y' })).toBe(null)
  })
})
