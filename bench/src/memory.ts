import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { isStockbookError } from '@stockbook/client'
import { startDatabases } from './databases.ts'
import { type Goods, makeGoods } from './load.ts'
import { quantile } from './quantile.ts'
import { startVariant, type Variant } from './variant.ts'

const callers = 16
const products = 500
/** Part of the time in which caches fill, connections open and code is compiled. */
const warmUpPart = 0.3
/** Growth is told between two such windows: single readings rise and fall with each collection. */
const windowPart = 0.15
const mebibyte = 1024 * 1024

/** Whether a server under load goes on growing. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: { seconds: { type: 'string', default: '300' } },
  })
  const seconds = Number(values.seconds)
  if (!(seconds >= 20)) throw new Error('--seconds wants a number, at least 20')
  const databases = await startDatabases(['memory'])
  try {
    const variant = await startVariant('memory', databases.urls.memory)
    try {
      const goods = await makeGoods(variant.admin, products)
      const until = performance.now() + seconds * 1000
      const counts = { posted: 0, refused: 0, read: 0 }
      const [sizes] = await Promise.all([
        watch(variant.pid, until),
        ...Array.from({ length: callers }, () => work(variant, goods, until, counts)),
      ])
      const { ok } = await variant.admin.stock.verify.query()
      if (!ok) throw new Error('unsound: stock.verify found faults')
      report(seconds, sizes, counts)
    } finally {
      await variant.stop()
    }
  } finally {
    await databases.stop()
  }
}

type Counts = { posted: number; refused: number; read: number }

/** What a warehouse does all day, without a pause: one movement, and what people look at with it. */
async function work(
  { admin }: Variant,
  goods: Goods,
  until: number,
  counts: Counts,
): Promise<void> {
  while (performance.now() < until) {
    const { productId, locationId } = goods[Math.floor(Math.random() * goods.length)]!
    const draw = Math.random()
    const quantity = draw < 0.02 ? 2_000_000_000 : 1
    try {
      await admin.movements.post.mutate({
        lines: [{ type: 'outgoing', productId, fromLocationId: locationId, quantity }],
      })
      counts.posted++
    } catch (error) {
      if (!isStockbookError(error) || error.code !== 'INSUFFICIENT_STOCK') throw error
      counts.refused++
    }
    if (draw < 0.3) await admin.products.get.query({ id: productId })
    else if (draw < 0.6) await admin.stock.levels.query({ productId })
    else if (draw < 0.7) await admin.stock.history.query({ productId, limit: 50 })
    else if (draw < 0.8) await admin.products.list.query({ search: 'P 1', limit: 50 })
    else if (draw < 0.9) await admin.movements.list.query({ limit: 50 })
    else await admin.stock.asOf.query({ productId, at: new Date() })
    counts.read++
  }
}

/** Mebibytes that the process holds, once a quarter of a second. */
async function watch(pid: number, until: number): Promise<number[]> {
  const sizes: number[] = []
  while (performance.now() < until) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? []
    sizes.push((Number(kibibytes) * 1024) / mebibyte)
    await sleep(250)
  }
  return sizes
}

function report(seconds: number, sizes: number[], counts: Counts): void {
  const begin = Math.floor(sizes.length * warmUpPart)
  const length = Math.floor(sizes.length * windowPart)
  const afterWarmUp = quantile(sizes.slice(begin, begin + length), 0.5)
  const atEnd = quantile(sizes.slice(-length), 0.5)
  const calls = counts.posted + counts.refused + counts.read
  const result = {
    seconds,
    calls,
    callsPerSecondOfAnHour: calls / 3600,
    ...counts,
    afterWarmUp,
    atEnd,
    growth: atEnd - afterWarmUp,
    peak: Math.max(...sizes),
  }
  console.table([
    {
      calls,
      'calls a second, were it an hour': Math.round(result.callsPerSecondOfAnHour),
      'after warm-up, MB': Math.round(afterWarmUp),
      'at the end, MB': Math.round(atEnd),
      'growth, MB': Number(result.growth.toFixed(1)),
      'peak, MB': Math.round(result.peak),
    },
  ])
  console.log(JSON.stringify({ ...result, sizes: sizes.map(Math.round) }))
}

await main()
