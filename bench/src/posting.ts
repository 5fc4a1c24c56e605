import { parseArgs } from 'node:util'
import { migrate } from '@stockbook/db/migrate'
import pg from 'pg'
import { startDatabases } from './databases.ts'
import type { Load, Posted } from './posting/commands.ts'
import { openInside } from './posting/inside.ts'
import { bytesOfCalls, postOverHttp } from './posting/overHttp.ts'
import { openPgbench } from './posting/pgbench.ts'
import { createProof, proveBook } from './posting/proof.ts'
import { fillWarehouse, products } from './posting/warehouse.ts'
import { quantile } from './quantile.ts'
import { startVariant, type Variant } from './variant.ts'

const rounds = 5
const callers = 64
const linesOfLarge = 1_000
/** One command of a thousand lines is as much as many small ones. */
const callersOfLarge = 4

type Heard = { count: number; commandIds?: readonly string[]; lines: number; perSecond: number }
type Run = (seconds: number) => Promise<Heard & { times?: number[] }>
type Case = {
  name: string
  run: Run
  /** The case that it is compared with, and how many times as much of it is wanted. */
  against?: { name: string; wanted?: number }
}

/** How fast the book is written, against one transaction for each movement, by turns in one run. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: { only: { type: 'string', default: '' }, seconds: { type: 'string', default: '4' } },
  })
  const seconds = Number(values.seconds)
  if (!(Number.isInteger(seconds) && seconds >= 1)) {
    throw new Error('--seconds wants a whole number, at least 1')
  }
  const databases = await startDatabases(['posting'])
  const url = databases.urls.posting
  const client = new pg.Client({ connectionString: url })
  const opened: (() => unknown)[] = [() => databases.stop()]
  try {
    await migrate(url)
    await client.connect()
    opened.push(() => client.end())
    const proof = createProof(client, await fillWarehouse(client))
    const pgbench = await openPgbench(url, callers)
    opened.push(() => pgbench.remove())
    const variant = await startVariant('posting', url)
    opened.push(() => variant.stop())
    const inside = openInside(url)
    opened.push(() => inside.close())

    const cases = choose(casesOf({ pgbench, inside, variant }), values.only)
    const measured = await measure(cases, seconds, (heard) => proof.prove(heard))
    await proveBook(url)
    report(cases, measured, seconds, await bytesOfCalls(variant))
  } finally {
    for (const close of opened.toReversed()) await close()
  }
}

function casesOf({
  pgbench,
  inside,
  variant,
}: {
  pgbench: Awaited<ReturnType<typeof openPgbench>>
  inside: ReturnType<typeof openInside>
  variant: Variant
}): Case[] {
  const many = `${products} products`
  const one = 'one product'
  const byPgbench =
    (script: 'plain' | 'bare', ofProducts: number): Run =>
    async (seconds) => {
      const { count, perSecond } = await pgbench.post(script, ofProducts, seconds)
      const written = script === 'plain' ? count : 0
      return { count: written, lines: written, perSecond }
    }
  const by =
    (post: (load: Load) => Promise<Posted>, load: Omit<Load, 'seconds'>): Run =>
    async (seconds) => {
      const { commandIds, lines, linesPerSecond, times } = await post({ ...load, seconds })
      return { count: commandIds.length, commandIds, lines, perSecond: linesPerSecond, times }
    }
  const overHttp = (load: Load) => postOverHttp(variant, load)
  const large = { ofProducts: products, lines: linesOfLarge, callers: callersOfLarge }
  const against = (name: string, wanted?: number) => ({
    against: { name, ...(wanted !== undefined && { wanted }) },
  })
  const plainMany = `pgbench, ${many}`
  const plainOne = `pgbench, ${one}`
  return [
    { name: plainMany, run: byPgbench('plain', products) },
    { name: plainOne, run: byPgbench('plain', 1) },
    {
      name: `pgbench, bare tables, ${many}`,
      run: byPgbench('bare', products),
      ...against(plainMany),
    },
    { name: `pgbench, bare tables, ${one}`, run: byPgbench('bare', 1), ...against(plainOne) },
    {
      name: `in the process, ${many}`,
      run: by(inside.post, { ofProducts: products, callers }),
      ...against(plainMany, 6),
    },
    {
      name: `in the process, ${one}`,
      run: by(inside.post, { ofProducts: 1, callers }),
      ...against(plainOne, 25),
    },
    {
      name: `over HTTP, ${many}`,
      run: by(overHttp, { ofProducts: products, callers }),
      ...against(plainMany, 1.5),
    },
    {
      name: `over HTTP, ${one}`,
      run: by(overHttp, { ofProducts: 1, callers }),
      ...against(plainOne, 1.5),
    },
    {
      name: `in the process, ${linesOfLarge} lines a command`,
      run: by(inside.post, large),
      ...against(plainMany, 20),
    },
    {
      name: `over HTTP, ${linesOfLarge} lines a command`,
      run: by(overHttp, large),
      ...against(plainMany, 20),
    },
  ]
}

/** Those whose name holds the word, and what they are compared with. */
function choose(cases: readonly Case[], word: string): Case[] {
  const chosen = cases.filter(({ name }) => name.includes(word))
  const others = new Set(chosen.map(({ against }) => against?.name))
  return cases.filter((one) => chosen.includes(one) || others.has(one.name))
}

type Measured = ReadonlyMap<string, { rates: number[]; times: number[] }>

async function measure(
  cases: readonly Case[],
  seconds: number,
  prove: (heard: Heard) => Promise<void>,
): Promise<Measured> {
  const measured = new Map(
    cases.map(({ name }) => [name, { rates: [] as number[], times: [] as number[] }]),
  )
  // The first round warms up: a server's code is compiled while it runs.
  for (let round = 0; round <= rounds; round++) {
    for (const { name, run } of cases) {
      const heard = await run(seconds)
      await prove(heard)
      if (round === 0) continue
      measured.get(name)!.rates.push(heard.perSecond)
      for (const time of heard.times ?? []) measured.get(name)!.times.push(time)
    }
  }
  return measured
}

function report(
  cases: readonly Case[],
  measured: Measured,
  seconds: number,
  bytes: Record<string, { sentBytes: number; receivedBytes: number }>,
): void {
  const rateOf = (name: string) => quantile(measured.get(name)!.rates, 0.5)
  const results = cases.map(({ name, against }) => {
    const { rates, times } = measured.get(name)!
    return {
      name,
      linesPerSecond: rateOf(name),
      rates,
      ...(against && {
        against: against.name,
        ratio: rateOf(name) / rateOf(against.name),
        wanted: against.wanted,
      }),
      ...(times.length > 0 && { p50: quantile(times, 0.5), p99: quantile(times, 0.99) }),
    }
  })
  console.table(
    results.map(({ name, linesPerSecond, ratio, wanted, p50, p99 }) => ({
      posted: name,
      'lines a second': Math.round(linesPerSecond),
      'of pgbench': ratio === undefined ? '' : Number(ratio.toFixed(2)),
      wanted: wanted ?? '',
      'p50, ms': p50 === undefined ? '' : Number(p50.toFixed(1)),
      'p99 / p50': p50 === undefined || p99 === undefined ? '' : Number((p99 / p50).toFixed(1)),
    })),
  )
  const sizes = Object.entries(bytes).map(([call, { sentBytes, receivedBytes }]) => ({
    call,
    'bytes sent': sentBytes,
    'bytes received': receivedBytes,
  }))
  console.table(sizes)
  console.log(JSON.stringify({ rounds, seconds, callers, callersOfLarge, results, sizes }))
}

await main()
