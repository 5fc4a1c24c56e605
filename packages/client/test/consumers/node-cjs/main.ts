import stockbook = require('@stockbook/client')
import { contract } from '@stockbook/client/contract'

const { createStockbookClient, isStockbookError, listAll, newCommandId } = stockbook

async function main() {
  const client = createStockbookClient({
    url: process.env.STOCKBOOK_URL ?? '',
    auth: { username: 'anna', password: 'correct horse battery' },
  })

  const skus: string[] = []
  for await (const product of listAll(client.products.list, {})) skus.push(product.sku)

  const { lines } = contract.movements.post.input.parse({
    commandId: newCommandId(),
    lines: [
      { type: 'incoming', productId: newCommandId(), toLocationId: newCommandId(), quantity: 1 },
    ],
  })
  const posted = await client.movements.post.mutate({ lines })
  const recordedAt: string = posted.recordedAt.toISOString()

  let refused: unknown
  try {
    await client.movements.post.mutate({ lines })
  } catch (error) {
    if (!isStockbookError(error, 'INSUFFICIENT_STOCK')) throw error
    refused = { code: error.code, detail: error.detail }
  }
  console.log(JSON.stringify({ skus, recordedAt, refused }))
}

main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})

/** Never called: what must not compile. */
export async function refusedByTheCompiler(operator: stockbook.StockbookClient) {
  // @ts-expect-error an operator's client has no administrator's procedure
  await operator.products.create.mutate({})
  // @ts-expect-error a limit is a number
  await operator.products.list.query({ limit: 'ten' })
}
