import { afterEach, expect, test, vi } from 'vitest'
import { filled, lastDays, totalOf } from '../../src/dashboard/days.ts'

afterEach(() => vi.unstubAllEnvs())

test('the last days end with today, where the clock was put forward too', () => {
  vi.stubEnv('TZ', 'Europe/Berlin')
  const { from, before, days } = lastDays(3, new Date('2026-03-29T21:30:00Z'))
  expect(days).toEqual(['2026-03-27', '2026-03-28', '2026-03-29'])
  expect(from.toISOString()).toBe('2026-03-26T23:00:00.000Z')
  expect(before.toISOString()).toBe('2026-03-29T22:00:00.000Z')
})

test('a day begins at midnight where the browser is, not in London', () => {
  vi.stubEnv('TZ', 'Asia/Vladivostok')
  const { days } = lastDays(2, new Date('2025-12-31T15:00:00Z'))
  expect(days).toEqual(['2025-12-31', '2026-01-01'])
})

test('a day without a movement is there with nothing, and a day that was not asked for is not', () => {
  const row = { arrivals: 2, shipments: 1, transfers: 0, adjustments: 3 }
  const days = filled(
    ['2026-01-01', '2026-01-02'],
    [
      { period: '2026-01-02', ...row },
      { period: '2026-01-05', ...row },
    ],
  )
  expect(days).toEqual([
    { day: '2026-01-01', arrivals: 0, shipments: 0, transfers: 0, adjustments: 0 },
    { day: '2026-01-02', ...row },
  ])
  expect(totalOf(days, 'adjustments')).toBe(3)
})
