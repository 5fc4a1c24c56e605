import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createHashSlots } from '../../src/features/auth/hashSlots.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** Pieces of work that end when the test says so. */
function startWork(count: number) {
  const inSlot = createHashSlots()
  const begun: number[] = []
  const endings: (() => void)[] = []
  const outcomes: Record<number, unknown> = {}
  const start = (index: number) => {
    const work = () =>
      new Promise<number>((resolve) => {
        begun.push(index)
        endings[index] = () => resolve(index)
      })
    inSlot(work).then(
      () => {
        outcomes[index] = 'done'
      },
      (error: unknown) => {
        outcomes[index] = error
      },
    )
  }
  for (let index = 0; index < count; index++) start(index)
  return { begun, outcomes, start, end: (index: number) => endings[index]!() }
}

const settle = () => vi.advanceTimersByTimeAsync(0)

const tooMany = { code: 'TOO_MANY_ATTEMPTS', detail: { retryAfterSeconds: 3 } }

test('two run, twenty wait, and the rest is turned away at once', async () => {
  const { begun, outcomes } = startWork(25)
  await settle()
  expect(begun).toEqual([0, 1])
  expect(outcomes).toMatchObject({ 22: tooMany, 23: tooMany, 24: tooMany })
  expect(Object.keys(outcomes)).toHaveLength(3)
})

test('who waits gets the next slot, the first one first, before anybody who comes later', async () => {
  const { begun, end, start } = startWork(4)
  await settle()
  end(1)
  await settle()
  expect(begun).toEqual([0, 1, 2])
  start(4)
  end(0)
  end(2)
  await settle()
  expect(begun).toEqual([0, 1, 2, 3, 4])
})

test('who has waited three seconds is turned away, and its place is free for another', async () => {
  const { begun, outcomes, end, start } = startWork(22)
  await vi.advanceTimersByTimeAsync(2_999)
  expect(outcomes).toEqual({})
  await vi.advanceTimersByTimeAsync(1)
  expect(Object.values(outcomes)).toMatchObject(Array.from({ length: 20 }, () => tooMany))
  end(0)
  start(22)
  await settle()
  expect(begun).toEqual([0, 1, 22])
})

test('work that fails gives its slot back', async () => {
  const inSlot = createHashSlots()
  for (let time = 0; time < 5; time++) {
    await expect(inSlot(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  }
  expect(await inSlot(async () => 'done')).toBe('done')
})
