import { fileURLToPath } from 'node:url'
import { startDatabases } from './databases.ts'
import { quantile } from './quantile.ts'
import { type Goods, makeGoods, postForAWhile } from './load.ts'
import { startVariant, type Variant } from './variant.ts'

const rounds = 5
const products = 200
const load = { callers: 16, seconds: 4 }

/** What the audit log costs `movements.post`: with it against without it, by turns in one run. */
async function main(): Promise<void> {
  const databases = await startDatabases(['with_audit', 'without_audit'])
  const variants: { variant: Variant; goods: Goods; rates: number[] }[] = []
  try {
    const leaveOut = ['--import', fileURLToPath(new URL('withoutAudit.mjs', import.meta.url))]
    for (const [name, options] of [
      ['with_audit', []],
      ['without_audit', leaveOut],
    ] as const) {
      const variant = await startVariant(name, databases.urls[name], options)
      const goods = await makeGoods(variant.admin, products)
      await postForAWhile(variant.admin, goods, load)
      variants.push({ variant, goods, rates: [] })
    }
    for (let round = 0; round < rounds; round++) {
      for (const { variant, goods, rates } of variants) {
        rates.push(await postForAWhile(variant.admin, goods, load))
      }
    }
    await refuseUnsound(variants[0]!.variant)
    report(
      variants.map(({ variant, rates }) => ({
        name: variant.name,
        rate: quantile(rates, 0.5),
        rates,
      })),
    )
  } finally {
    for (const { variant } of variants) await variant.stop()
    await databases.stop()
  }
}

/** A fast run that wrote nonsense counts for nothing. */
async function refuseUnsound({ admin }: Variant): Promise<void> {
  const stock = await admin.stock.verify.query()
  const audit = await admin.audit.verify.query()
  const commands = await admin.movements.list.query({ limit: 1 })
  if (!stock.ok || !audit.ok || audit.checkedEntries < (commands.items[0]?.id ?? 0) - products) {
    throw new Error(`unsound: ${JSON.stringify({ stock, audit })}`)
  }
}

function report(results: { name: string; rate: number; rates: number[] }[]): void {
  const [withAudit, withoutAudit] = results
  const ratio = withAudit!.rate / withoutAudit!.rate
  console.table(
    results.map(({ name, rate }) => ({ variant: name, 'commands per second': Math.round(rate) })),
  )
  console.log(`with / without: ${ratio.toFixed(2)}`)
  console.log(JSON.stringify({ load, rounds, products, results, ratio }))
}

await main()
