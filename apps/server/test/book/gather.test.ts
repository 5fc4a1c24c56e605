import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createGatherer, type GatherBounds, type Job } from '../../src/features/movements/gather.ts'

type NamedJob = Job & { name: string }

/** A gatherer whose batches end when the test says so. */
function gathererUnderTest(bounds: GatherBounds = {}) {
  const batches: { names: string[]; end(): void; fail(error: Error): void }[] = []
  const gatherer = createGatherer(
    (jobs: readonly NamedJob[]) =>
      new Promise<(() => string)[]>((resolve, reject) => {
        batches.push({
          names: jobs.map(({ name }) => name),
          end: () =>
            resolve(
              jobs.map(
                ({ name }) =>
                  () =>
                    `done ${name}`,
              ),
            ),
          fail: reject,
        })
      }),
    bounds,
  )
  return {
    batches,
    names: () => batches.map((batch) => batch.names),
    stop: () => gatherer.stop(),
    add: (name: string, { key = name, weight = 1 } = {}) => {
      const result = gatherer.add({ name, key, weight })
      // Looked at later: until then a refusal must not end the process.
      result.catch(() => {})
      return result
    },
  }
}

const unavailable = { code: 'UNAVAILABLE', detail: { retryAfterSeconds: 1 } }

test('a job that comes to an idle gatherer waits for no other', async () => {
  const { batches, add, names } = gathererUnderTest()
  const result = add('first')
  await nextTurn()
  expect(names()).toEqual([['first']])
  batches[0]!.end()
  await expect(result).resolves.toBe('done first')
})

test('what comes while two batches are under way goes together when one of them ends', async () => {
  const { batches, add, names } = gathererUnderTest()
  void add('first')
  await nextTurn()
  void add('second')
  await nextTurn()
  const waiting = ['third', 'fourth', 'fifth'].map((name) => add(name))
  await nextTurn()
  expect(names()).toEqual([['first'], ['second']])
  batches[0]!.end()
  await expect.poll(names).toEqual([['first'], ['second'], ['third', 'fourth', 'fifth']])
  batches[2]!.end()
  await expect(Promise.all(waiting)).resolves.toEqual(['done third', 'done fourth', 'done fifth'])
})

test('a batch takes no more jobs and no more weight than its bounds, but always one', async () => {
  const { batches, add, names } = gathererUnderTest({
    batchesAtOnce: 1,
    jobsPerBatch: 2,
    weightPerBatch: 10,
  })
  for (const [name, weight] of [
    ['a', 1],
    ['b', 1],
    ['c', 9],
    ['d', 9],
    ['heavy', 50],
  ] as const) {
    void add(name, { weight })
  }
  for (let index = 0; index < 4; index++) {
    await expect.poll(() => batches.length).toBe(index + 1)
    batches[index]!.end()
  }
  expect(names()).toEqual([['a', 'b'], ['c'], ['d'], ['heavy']])
})

test('many jobs that come at once are shared out among the batches, none twice', async () => {
  const { add, names } = gathererUnderTest()
  const all = Array.from({ length: 25 }, (_none, number) => `job ${number}`)
  for (const name of all) void add(name)
  await nextTurn()
  expect(names()).toEqual([all.slice(0, 13), all.slice(13)])
})

test('a few jobs that come at once share one batch', async () => {
  const { add, names } = gathererUnderTest()
  for (const name of ['a', 'b', 'c', 'd']) void add(name)
  await nextTurn()
  expect(names()).toEqual([['a', 'b', 'c', 'd']])
})

test('two jobs of one key are never done at once, and those behind them need not wait', async () => {
  const { batches, add, names } = gathererUnderTest()
  void add('first', { key: 'same' })
  const second = add('second', { key: 'same' })
  void add('other')
  await nextTurn()
  expect(names()).toEqual([['first', 'other']])
  await nextTurn()
  expect(names()).toHaveLength(1)
  batches[0]!.end()
  await expect.poll(names).toEqual([['first', 'other'], ['second']])
  batches[1]!.end()
  await expect(second).resolves.toBe('done second')
})

test('over the bounds a job is refused with a time to come again, and the others are still done', async () => {
  const { batches, add } = gathererUnderTest({ batchesAtOnce: 1, waitingJobs: 2 })
  const first = add('first')
  await nextTurn()
  const kept = [add('second'), add('third')]
  await expect(add('one too many')).rejects.toMatchObject(unavailable)
  batches[0]!.end()
  await expect.poll(() => batches.length).toBe(2)
  batches[1]!.end()
  await expect(Promise.all([first, ...kept])).resolves.toEqual([
    'done first',
    'done second',
    'done third',
  ])
})

test('what waits is bounded by weight too', async () => {
  const { add } = gathererUnderTest({ batchesAtOnce: 1, waitingWeight: 10 })
  void add('first', { weight: 10 })
  await nextTurn()
  void add('second', { weight: 6 })
  await expect(add('third', { weight: 5 })).rejects.toMatchObject(unavailable)
})

test('a job that waited its time is refused, not done later', async () => {
  const { batches, add, names } = gathererUnderTest({ batchesAtOnce: 1, waitMs: 20 })
  void add('first')
  await nextTurn()
  await expect(add('late')).rejects.toMatchObject(unavailable)
  batches[0]!.end()
  const next = add('next')
  await expect.poll(names).toEqual([['first'], ['next']])
  batches[1]!.end()
  await expect(next).resolves.toBe('done next')
})

test('a batch that fails as a whole is told to all in it, and stops nobody else', async () => {
  const { batches, add } = gathererUnderTest({ batchesAtOnce: 1 })
  const both = [add('first'), add('second')]
  await nextTurn()
  batches[0]!.fail(new Error('the database is away'))
  for (const one of both) await expect(one).rejects.toThrow('the database is away')
  const next = add('next')
  await expect.poll(() => batches.length).toBe(2)
  batches[1]!.end()
  await expect(next).resolves.toBe('done next')
})

test('a stop waits for all that came before it, and takes nothing new', async () => {
  const { batches, add, stop } = gathererUnderTest({ batchesAtOnce: 1 })
  const first = add('first')
  await nextTurn()
  const second = add('second')
  let hasStopped = false
  const stopped = stop().then(() => {
    hasStopped = true
  })
  await expect(add('after')).rejects.toMatchObject(unavailable)
  batches[0]!.end()
  await first
  await expect.poll(() => batches.length).toBe(2)
  expect(hasStopped).toBe(false)
  batches[1]!.end()
  await expect(second).resolves.toBe('done second')
  await stopped
})
