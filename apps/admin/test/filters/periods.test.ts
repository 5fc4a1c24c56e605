import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  dayOf,
  momentsIn,
  pathTo,
  type Period,
  periodOf,
  periodsIn,
  yearsWith,
} from '../../src/filters/periods.ts'
import { resources } from '../../src/resources/index.ts'

afterEach(() => vi.unstubAllEnvs())

const periods: Period[] = [
  { year: 2026 },
  { year: 2026, month: 0 },
  { year: 2026, month: 11 },
  { year: 2024, month: 1 },
  { year: 2024, month: 1, day: 29 },
  // Clocks change on these days in many zones.
  { year: 2026, month: 2, day: 29 },
  { year: 2026, month: 9, day: 25 },
  { year: 2026, month: 11, day: 31 },
]

describe('a period', () => {
  test.each(periods)('is known by its moments, in an address or a saved filter: %o', (period) => {
    expect(periodOf(JSON.parse(JSON.stringify(momentsIn(period))))).toEqual(period)
  })

  test('ends where the next one begins', () => {
    const end = (period: Period) => momentsIn(period).lessThan
    expect(end({ year: 2026 })).toBe(momentsIn({ year: 2027 }).atLeast)
    expect(end({ year: 2026, month: 11 })).toBe(momentsIn({ year: 2027, month: 0 }).atLeast)
    expect(end({ year: 2024, month: 1, day: 29 })).toBe(momentsIn({ year: 2024, month: 2 }).atLeast)
  })

  test('stands in those that lead back from it', () => {
    expect(pathTo({ year: 2026, month: 1, day: 3 })).toEqual([
      { year: 2026 },
      { year: 2026, month: 1 },
      { year: 2026, month: 1, day: 3 },
    ])
  })

  test.each([
    {},
    { atLeast: '2026-01-01' },
    { atLeast: 'rubbish', lessThan: 'rubbish' },
    { ...momentsIn({ year: 2026 }), isNull: false },
    { atLeast: momentsIn({ year: 2025 }).atLeast, lessThan: momentsIn({ year: 2026 }).lessThan },
  ])('is none where the list is narrowed otherwise: %o', (values) => {
    expect(periodOf(values)).toBe(null)
  })
})

/** Far from London, on either side; and where clocks are changed at midnight. */
const zones = [
  'Pacific/Kiritimati',
  'Pacific/Niue',
  'Asia/Kathmandu',
  'America/Santiago',
  'America/Havana',
  'Asia/Beirut',
]

describe.each(zones)('in %s', (zone) => {
  /** What is wrong with the periods that a moment lies in. */
  const faultsAt = (time: number) =>
    pathTo(dayOf(new Date(time))).flatMap((period) => {
      const moments = momentsIn(period)
      const isInside = Date.parse(moments.atLeast) <= time && time < Date.parse(moments.lessThan)
      const isKnown = JSON.stringify(periodOf(moments)) === JSON.stringify(period)
      return isInside && isKnown ? [] : [{ time: new Date(time), period, moments }]
    })

  test('each moment lies in its day, month and year, and those are known by their moments', () => {
    vi.stubEnv('TZ', zone)
    const hour = 3_600_000
    const start = Date.UTC(2026, 0, 1)
    const times = Array.from({ length: 366 * 24 }, (_none, index) => start + index * hour)
    expect(times.flatMap(faultsAt)).toEqual([])
  })
})

test('a day that a zone left out when it changed its side of the date line is not offered', () => {
  vi.stubEnv('TZ', 'Pacific/Apia')
  const days = periodsIn(
    { year: 2011, month: 11 },
    new Date('2011-12-29T12:00:00Z'),
    new Date('2012-01-01T12:00:00Z'),
  )
  expect(days.map(({ day }) => day)).toEqual([29, 31])
})

describe('what is offered', () => {
  const first = new Date(2024, 10, 30, 23, 59)
  const last = new Date(2026, 1, 2, 0, 0)

  const lastOf = (moments: readonly Date[]) => async (before?: Date) =>
    moments.findLast((moment) => before === undefined || moment < before) ?? null

  test('are the years that have rows, however far they lie from each other', async () => {
    const wronglyDated = new Date('0202-06-01T12:00:00Z')
    expect(await yearsWith(lastOf([wronglyDated, first, last]))).toEqual([
      { year: 202 },
      { year: 2024 },
      { year: 2026 },
    ])
    expect(await yearsWith(lastOf([]))).toEqual([])
  })

  test('are the last thirty years where more have rows', async () => {
    const moments = Array.from({ length: 40 }, (_none, index) => new Date(1980 + index, 5, 1))
    const years = await yearsWith(lastOf(moments))
    expect(years.map(({ year }) => year)).toEqual(
      Array.from({ length: 30 }, (_none, index) => 1990 + index),
    )
  })

  test('are of a year only the months, and of a month only the days, that can have rows', () => {
    const months = (year: number) => periodsIn({ year }, first, last).map(({ month }) => month)
    expect(months(2024)).toEqual([10, 11])
    expect(months(2025)).toHaveLength(12)
    expect(months(2026)).toEqual([0, 1])
    const days = (period: Period) => periodsIn(period, first, last).map(({ day }) => day)
    expect(days({ year: 2024, month: 10 })).toEqual([30])
    expect(days({ year: 2024, month: 11 })).toHaveLength(31)
    expect(days({ year: 2026, month: 1 })).toEqual([1, 2])
  })

  test('is nothing smaller than a day', () => {
    expect(periodsIn({ year: 2025, month: 1, day: 1 }, first, last)).toEqual([])
  })
})

test('lists are found by dates that they can be narrowed by', () => {
  const dated = resources.filter(({ dateField }) => dateField !== undefined)
  expect(dated.map(({ name }) => name)).toEqual(['movements', 'audit'])
  for (const { conditions, dateField } of dated) {
    const operators = conditions.find(({ name }) => name === dateField)?.operators ?? []
    expect(operators.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['atLeast', 'lessThan']),
    )
  }
})
