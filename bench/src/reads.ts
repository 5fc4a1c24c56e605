import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { cpuTimeMs } from './cpuTime.ts'
import { openGenerated } from './generated/openGenerated.ts'
import { sizeOf, sizeOptions } from './generated/sizeOptions.ts'
import { quantile } from './quantile.ts'
import { type Call, createRawCaller } from './rawLoad.ts'
import { startVariant, type Variant } from './variant.ts'

const rounds = 5
const secondsPerRate = 3
const connections = 16

type Measured = {
  perSecond: number
  /** Processor time of the server's process, without PostgreSQL's. */
  cpuMicroseconds: number
  sent: number
  received: number
}

/** How many reads a second a server answers, against calls that sign in and do nothing, by turns. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: sizeOptions,
  })
  const size = sizeOf(values, { products: 10_000, movements: 100_000 })
  const generated = await openGenerated(size, (line) => console.error(line))
  try {
    const leaveOut = ['--import', fileURLToPath(new URL('emptyProcedure.mjs', import.meta.url))]
    const variant = await startVariant('reads', generated.url, leaveOut)
    try {
      const pages = await firstPages(variant)
      report(size, await measure(variant, callsOf(pages)))
    } finally {
      await variant.stop()
    }
  } finally {
    await generated.release()
  }
}

type Page = { ids: readonly string[]; cursor: string }

async function firstPages({ admin }: Variant): Promise<Page[]> {
  const pages: Page[] = []
  while (pages.length < 40) {
    const cursor = pages.at(-1)?.cursor
    const { items, nextCursor } = await admin.products.list.query({ limit: 50, cursor })
    pages.push({ ids: items.map(({ id }) => id), cursor: nextCursor! })
  }
  return pages
}

/**
 * Products that follow one another are different: those that meet are read together. Lists that meet
 * and ask for the same share an answer, so there are such and others.
 */
function callsOf(pages: readonly Page[]) {
  const ids = pages.slice(0, 4).flatMap((page) => page.ids)
  let asked = 0
  const next = <T>(values: readonly T[]) => values[asked++ % values.length]!
  return {
    empty: () => ({ path: 'stock.closing', input: {} }),
    'get product': () => ({ path: 'products.get', input: { id: next(ids) } }),
    'list of 50 products': () => ({ path: 'products.list', input: { limit: 50 } }),
    'list of 50, each another': () => ({
      path: 'products.list',
      input: { limit: 50, cursor: next(pages).cursor },
    }),
    'page of 50 levels': () => ({ path: 'stock.levels', input: { limit: 50 } }),
    'list of 50 movements': () => ({ path: 'movements.list', input: { limit: 50 } }),
  } satisfies Record<string, () => Call>
}

async function measure<Name extends string>(
  { url, token, pid }: Variant,
  calls: Record<Name, () => Call>,
): Promise<Record<Name, Measured>> {
  const caller = createRawCaller(url, token, connections)
  const entries = Object.entries(calls) as [Name, () => Call][]
  const figures = new Map(
    entries.map(([name]) => [name, { perSecond: [] as number[], cpuMicroseconds: [] as number[] }]),
  )
  for (const [, call] of entries) await caller.ratePerSecond(call, 1)
  for (let round = 0; round < rounds; round++) {
    for (const [name, call] of entries) {
      const cpuBefore = await cpuTimeMs(pid)
      const begun = performance.now()
      const perSecond = await caller.ratePerSecond(call, secondsPerRate)
      const calls = (perSecond * (performance.now() - begun)) / 1000
      figures.get(name)!.perSecond.push(perSecond)
      figures.get(name)!.cpuMicroseconds.push((((await cpuTimeMs(pid)) - cpuBefore) * 1000) / calls)
    }
  }
  const measured = {} as Record<Name, Measured>
  for (const [name, call] of entries) {
    const { perSecond, cpuMicroseconds } = figures.get(name)!
    measured[name] = {
      perSecond: quantile(perSecond, 0.5),
      cpuMicroseconds: quantile(cpuMicroseconds, 0.5),
      ...(await caller.bytesOf(call())),
    }
  }
  caller.close()
  return measured
}

function report(size: object, measured: Record<string, Measured> & { empty: Measured }): void {
  const calls = Object.entries(measured).map(([call, one]) => ({
    call,
    ...one,
    ratio: one.perSecond / measured.empty.perSecond,
  }))
  console.table(
    calls.map(({ call, perSecond, ratio, cpuMicroseconds, sent, received }) => ({
      call,
      'per second': Math.round(perSecond),
      'of empty': Number(ratio.toFixed(2)),
      "server's CPU, µs": Math.round(cpuMicroseconds),
      'bytes sent': sent,
      'bytes received': received,
    })),
  )
  console.log(JSON.stringify({ size, rounds, secondsPerRate, connections, calls }))
}

await main()
