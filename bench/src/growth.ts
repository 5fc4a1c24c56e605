import { parseArgs } from 'node:util'
import { binId, planOf, productId } from './generated/plan.ts'
import { openGenerated } from './generated/openGenerated.ts'
import { quantile } from './quantile.ts'
import { startVariant, type Variant } from './variant.ts'

const rounds = 5
const callsPerRound = 40
const movementsPerProduct = 10
const smallest = 10_000

type Book = { movements: number; variant: Variant; release(): Promise<void> }

/** What calls cost as the book grows: the same calls on books of several sizes, by turns. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: { movements: { type: 'string', default: '1000000' } },
  })
  const largest = Number(values.movements)
  if (!Number.isInteger(largest) || largest < smallest) {
    throw new Error(`--movements wants a whole number, at least ${smallest}`)
  }
  const books: Book[] = []
  try {
    for (let movements = smallest; movements <= largest; movements *= 10) {
      books.push(await openBook(movements))
    }
    report(await measure(books))
  } finally {
    for (const { variant, release } of books) {
      await variant.stop()
      await release()
    }
  }
}

async function openBook(movements: number): Promise<Book> {
  const size = { products: movements / movementsPerProduct, movements }
  const { url, release } = await openGenerated(size, (line) => console.error(line))
  try {
    return { movements, variant: await startVariant(String(movements), url), release }
  } catch (error) {
    await release()
    throw error
  }
}

/** The product that moved most, and where it lies: its history grows with the book. */
function busiest(movements: number) {
  const plan = planOf({ products: movements / movementsPerProduct, movements })
  return { productId: productId(0), locationId: binId(plan, plan.slotBin[0]!) }
}

function callsOn({ variant: { admin }, movements }: Book): Record<string, () => Promise<unknown>> {
  const goods = busiest(movements)
  const aYearAgo = new Date(Date.now() - 365 * 24 * 3600 * 1000)
  return {
    'post a movement': () =>
      admin.movements.post.mutate({
        lines: [
          {
            type: 'incoming',
            productId: goods.productId,
            toLocationId: goods.locationId,
            quantity: 1,
          },
        ],
      }),
    'levels, a page': () => admin.stock.levels.query({ limit: 50 }),
    'levels of a product': () => admin.stock.levels.query({ productId: goods.productId }),
    'as of a year ago, a page': () => admin.stock.asOf.query({ at: aYearAgo, limit: 50 }),
    'as of a year ago, the busiest product': () =>
      admin.stock.asOf.query({ at: aYearAgo, productId: goods.productId }),
    'the same, as it was known then': () =>
      admin.stock.asOf.query({ at: aYearAgo, knownAt: aYearAgo, productId: goods.productId }),
    'history of the busiest product': () =>
      admin.stock.history.query({ productId: goods.productId, limit: 50 }),
    'newest movements': () => admin.movements.list.query({ limit: 50 }),
  }
}

type Costs = Record<string, { movements: number; ms: number }[]>

async function measure(books: Book[]): Promise<Costs> {
  const calls = books.map((book) => callsOn(book))
  const costs: Costs = {}
  for (const name of Object.keys(calls[0]!)) {
    const times = books.map((): number[] => [])
    // The first round warms up.
    for (let round = 0; round <= rounds; round++) {
      for (const [index, own] of calls.entries()) {
        const took: number[] = []
        for (let made = 0; made < callsPerRound; made++) {
          const begun = performance.now()
          await own[name]!()
          took.push(performance.now() - begun)
        }
        if (round > 0) times[index]!.push(quantile(took, 0.5))
      }
    }
    costs[name] = books.map(({ movements }, index) => ({
      movements,
      ms: quantile(times[index]!, 0.5),
    }))
  }
  return costs
}

function report(costs: Costs): void {
  console.table(
    Object.entries(costs).map(([call, sizes]) => ({
      call,
      ...Object.fromEntries(
        sizes.map(({ movements, ms }) => [`${movements} movements, ms`, Number(ms.toFixed(2))]),
      ),
      'largest / smallest': Number((sizes.at(-1)!.ms / sizes[0]!.ms).toFixed(2)),
    })),
  )
  console.log(JSON.stringify({ rounds, callsPerRound, costs }))
}

await main()
