import { parseArgs } from 'node:util'
import { generateBook } from './generated/generateBook.ts'
import { openGenerated } from './generated/openGenerated.ts'
import { sizeOptions, sizeOf } from './generated/sizeOptions.ts'

const usage = `Fills a database with products, places, lots and three years of movements.

  pnpm --dir bench run generate -- --products 1000000 --movements 10000000
  pnpm --dir bench run generate -- --products 1000 --movements 20000 --url postgresql://…

--products   default 10000
--movements  default 100000
--url        an empty database, as the owner of its tables. Default: one of its own under bench/.data`

const { values } = parseArgs({
  // pnpm hands on the two dashes that end its own options.
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: { ...sizeOptions, url: { type: 'string' }, help: { type: 'boolean' } },
})
if (values.help) {
  console.log(usage)
} else {
  const size = sizeOf(values, { products: 10_000, movements: 100_000 })
  const begun = performance.now()
  const log = (line: string) =>
    console.error(`${((performance.now() - begun) / 1000).toFixed(0).padStart(5)} s  ${line}`)
  if (values.url) await generateBook(values.url, size, log)
  else await (await openGenerated(size, log)).release()
  log('done')
}
