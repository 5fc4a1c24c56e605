import { setTimeout as sleep } from 'node:timers/promises'
import { createStockbookClient, isStockbookError } from '@stockbook/client'
import { startDatabases } from './databases.ts'
import { makeGoods } from './load.ts'
import { quantile } from './quantile.ts'
import { startVariant, type Variant } from './variant.ts'

const rounds = 3
const secondsPerRound = 5
const signInsPerSecond = 100
/** Each guess at another name, so that the slots for hashes are what holds, not the counters. */
let guesses = 0

/** How long readers wait while somebody floods the server with wrong sign-ins. */
async function main(): Promise<void> {
  const databases = await startDatabases(['flood'])
  try {
    const variant = await startVariant('flood', databases.urls.flood)
    try {
      await makeGoods(variant.admin, 50)
      await readForAWhile(variant)
      const quiet: number[] = []
      const flooded: number[] = []
      const answers: Record<string, number> = {}
      for (let round = 0; round < rounds; round++) {
        quiet.push(...(await readForAWhile(variant)))
        const flood = floodForAWhile(variant, answers)
        flooded.push(...(await readForAWhile(variant)))
        await flood
      }
      report({ quiet, flooded }, answers)
    } finally {
      await variant.stop()
    }
  } finally {
    await databases.stop()
  }
}

/** Reads one after another. Returns the milliseconds that each took. */
async function readForAWhile({ admin }: Variant): Promise<number[]> {
  const until = performance.now() + secondsPerRound * 1000
  const took: number[] = []
  while (performance.now() < until) {
    const begun = performance.now()
    await admin.stock.levels.query({})
    took.push(performance.now() - begun)
  }
  return took
}

async function floodForAWhile({ url }: Variant, answers: Record<string, number>): Promise<void> {
  const stranger = createStockbookClient({ url, maxRetries: 0 })
  const underWay: Promise<void>[] = []
  for (let sent = 0; sent < signInsPerSecond * secondsPerRound; sent++) {
    const guess = { username: `nobody-${guesses++}`, password: 'a wrong guess' }
    underWay.push(
      stranger.auth.signIn.mutate(guess).then(
        () => {},
        (error: unknown) => {
          const code = isStockbookError(error) ? error.code : 'other'
          answers[code] = (answers[code] ?? 0) + 1
        },
      ),
    )
    await sleep(1000 / signInsPerSecond)
  }
  await Promise.all(underWay)
}

function report(times: Record<'quiet' | 'flooded', number[]>, answers: Record<string, number>) {
  const rows = Object.entries(times).map(([name, took]) => ({
    reads: name,
    count: took.length,
    'p50 ms': Number(quantile(took, 0.5).toFixed(1)),
    'p99 ms': Number(quantile(took, 0.99).toFixed(1)),
  }))
  const ratio = quantile(times.flooded, 0.99) / quantile(times.quiet, 0.99)
  console.table(rows)
  console.log('answers to the flood:', answers)
  console.log(`p99 flooded / quiet: ${ratio.toFixed(1)}`)
  console.log(JSON.stringify({ rounds, secondsPerRound, signInsPerSecond, rows, answers, ratio }))
}

await main()
