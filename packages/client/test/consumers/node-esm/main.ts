import {
  createStockbookClient,
  isStockbookError,
  listAll,
  newCommandId,
  type StockbookClient,
} from '@stockbook/client'
import { contract } from '@stockbook/client/contract'

const client = createStockbookClient({
  url: process.env.STOCKBOOK_URL ?? '',
  auth: { username: 'anna', password: 'correct horse battery' },
})

const skus: string[] = []
for await (const product of listAll(client.products.list, { search: 'a' })) skus.push(product.sku)

const input = contract.movements.post.input.parse({
  commandId: newCommandId(),
  lines: [
    { type: 'incoming', productId: newCommandId(), toLocationId: newCommandId(), quantity: 1 },
  ],
})
const posted = await client.movements.post.mutate(input)
const recordedAt: string = posted.recordedAt.toISOString()

let refused: unknown
try {
  await client.movements.post.mutate({ ...input, commandId: newCommandId() })
} catch (error) {
  if (!isStockbookError(error, 'INSUFFICIENT_STOCK')) throw error
  refused = { code: error.code, detail: error.detail }
}

console.log(JSON.stringify({ skus, recordedAt, refused }))

/** Never called: what must not compile. */
export async function refusedByTheCompiler(operator: StockbookClient) {
  // @ts-expect-error an operator's client has no administrator's procedure
  await operator.products.create.mutate({})
  // @ts-expect-error there is no such procedure
  await operator.products.destroy.mutate({})
  // @ts-expect-error a limit is a number
  await operator.products.list.query({ limit: 'ten' })
  // @ts-expect-error a product's name is a string
  const name: number = (await operator.products.get.query({ id: '' })).name
  return name
}
