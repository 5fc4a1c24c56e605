import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { openGenerated } from './generated/openGenerated.ts'
import { sizeOf, sizeOptions } from './generated/sizeOptions.ts'
import { quantile } from './quantile.ts'
import { type Call, createRawCaller } from './rawLoad.ts'
import { startVariant, type Variant } from './variant.ts'

const rounds = 5
const pageSize = 50
/** Pages of the largest size that are walked before the late page. */
const pagesWalked = 20

type Caller = ReturnType<typeof createRawCaller>
type Page = { items: object[]; nextCursor: string | null }

/** What a page of each report costs, early and late, and what the whole report as a file does. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: { ...sizeOptions, only: { type: 'string', default: '' } },
  })
  const size = sizeOf(values, { products: 100_000, movements: 1_000_000 })
  const generated = await openGenerated(size, (line) => console.error(line))
  try {
    const variant = await startVariant('reports', generated.url)
    const caller = createRawCaller(variant.url, variant.token, 1)
    try {
      const results = []
      for (const call of calls().filter(({ name }) => name.includes(values.only))) {
        const pages = await measurePages(caller, call)
        const file = await measureFile(variant, call)
        results.push({ report: call.name, ...pages, ...file })
        console.error(JSON.stringify(results.at(-1)))
      }
      report(size, results)
    } finally {
      caller.close()
      await variant.stop()
    }
  } finally {
    await generated.release()
  }
}

function calls(): (Call & { name: string })[] {
  const before = new Date()
  const from = new Date(before.getTime() - 365 * 86_400_000)
  return [
    { name: 'lowStock', input: {} },
    { name: 'movementSummary', input: { by: 'day', from, before } },
    { name: 'stockByCategory', input: {} },
    { name: 'slowMovers', input: {} },
    { name: 'abc', input: { from, before } },
    { name: 'expiringLots', input: { until: `${before.getUTCFullYear() + 2}-01-01` } },
  ].map((call) => ({ ...call, path: `reports.${call.name}` }))
}

async function read(caller: Caller, { path, input }: Call, more: object): Promise<Page> {
  const { body } = await caller.call({ path, input: { ...input, ...more } })
  return (JSON.parse(body) as { result: { data: { json: Page } } }).result.data.json
}

/** The first page and a late one by turns. */
async function measurePages(caller: Caller, call: Call) {
  let cursor: string | null = null
  for (let walked = 0; walked < pagesWalked; walked++) {
    const page: Page = await read(caller, call, { limit: 200, ...(cursor && { cursor }) })
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  const times: Record<'first' | 'late', number[]> = { first: [], late: [] }
  for (let round = 0; round < rounds; round++) {
    for (const which of ['first', 'late'] as const) {
      const begun = performance.now()
      await read(caller, call, { limit: pageSize, ...(which === 'late' && cursor && { cursor }) })
      times[which].push(performance.now() - begun)
    }
  }
  return { firstMs: quantile(times.first, 0.5), lateMs: quantile(times.late, 0.5) }
}

/** The whole report as a file: how long it takes, and by how much the server grows with a second one. */
async function measureFile(variant: Variant, call: Call & { name: string }) {
  const { pid } = variant
  await download(variant, call)
  const before = await residentMebibytes(pid)
  let peak = before
  const watching = setInterval(() => {
    void residentMebibytes(pid).then((size) => (peak = Math.max(peak, size)))
  }, 50)
  const begun = performance.now()
  try {
    const rows = await download(variant, call)
    const fileSeconds = (performance.now() - begun) / 1000
    return { rows, fileSeconds, growthMb: peak - before }
  } finally {
    clearInterval(watching)
  }
}

/** Reads a file as it comes, and gives the number of its rows. */
async function download({ url, token }: Variant, { name, input }: Call & { name: string }) {
  const asked = encodeURIComponent(JSON.stringify(input))
  const answer = await fetch(`${url}/reports/${name}.csv?input=${asked}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`)
  let rows = -1
  for await (const chunk of answer.body!)
    rows += Buffer.from(chunk).toString().split('\n').length - 1
  return rows
}

async function residentMebibytes(pid: number): Promise<number> {
  const [, kibibytes] =
    /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kibibytes) / 1024
}

type Result = Awaited<ReturnType<typeof measurePages>> & Awaited<ReturnType<typeof measureFile>>

function report(size: object, results: readonly (Result & { report: string })[]): void {
  console.table(
    results.map((one) => ({
      report: one.report,
      'first page, ms': Math.round(one.firstMs),
      'late page, ms': Math.round(one.lateMs),
      'rows in all': one.rows,
      'file, s': Number(one.fileSeconds.toFixed(1)),
      'rows a second': Math.round(one.rows / one.fileSeconds),
      'growth with a second file, MB': Math.round(one.growthMb),
    })),
  )
  console.log(JSON.stringify({ size, rounds, results }))
}

await main()
