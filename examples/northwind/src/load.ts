import { createStockbookClient, isStockbookError } from '@stockbook/client'
import cliProgress from 'cli-progress'
import { checkResult } from './checkResult.ts'
import { loadMasterData } from './masterData.ts'
import { readNorthwind } from './northwind.ts'
import { postOpeningStock, shipOrders } from './postings.ts'

/** Fills a Stockbook server with Northwind's data, as any administrator's script could. */
async function main(): Promise<void> {
  const northwind = await readNorthwind(new URL('../data/', import.meta.url))
  const client = createStockbookClient({
    url: setting('STOCKBOOK_URL'),
    auth: { username: setting('STOCKBOOK_USERNAME'), password: setting('STOCKBOOK_PASSWORD') },
  })
  const admin = await client.as('admin')
  const startedAt = Date.now()
  const { suppliers, customers, products, shipped } = northwind
  const bar = new cliProgress.SingleBar(
    {
      format: 'Loading Northwind {bar} {percentage} % | {value} of {total} | {step}',
      noTTYOutput: true,
      notTTYSchedule: 5_000,
    },
    cliProgress.Presets.shades_classic,
  )
  const masterRows = suppliers.length + customers.length + 2 * products.length
  bar.start(masterRows + 1 + shipped.length, 0, { step: 'master data' })
  try {
    const master = await loadMasterData(admin, northwind, () => bar.increment())
    await postOpeningStock(admin, northwind, master)
    bar.increment({ step: 'orders' })
    await shipOrders(admin, northwind, master, () => bar.increment())
    bar.update({ step: 'done' })
  } finally {
    bar.stop()
  }
  const result = await checkResult(admin, northwind)
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  const lines = shipped.reduce((sum, order) => sum + order.lines.length, 0)
  process.stdout.write(
    `Loaded ${products.length} products of ${suppliers.length} suppliers, and ${shipped.length} shipped orders with ${lines.toLocaleString('en')} lines to ${customers.length} customers, in ${seconds} s.
All ${result.equalLevels} stock levels equal the units in stock that Northwind states: ${result.units.toLocaleString('en')} units.
The book of ${result.movements.toLocaleString('en')} movements was summed up and has no fault.
`,
  )
}

function setting(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`Set ${name}.`)
  return value
}

try {
  await main()
} catch (error) {
  const facts = isStockbookError(error) ? ` ${JSON.stringify(error.detail)}` : ''
  process.stderr.write(`${error instanceof Error ? error.message : 'It failed.'}${facts}\n`)
  process.exitCode = 1
}
