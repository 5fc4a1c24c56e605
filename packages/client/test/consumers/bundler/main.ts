import {
  createStockbookClient,
  isStockbookError,
  listAll,
  type StockbookClient,
  type StoredSession,
} from '@stockbook/client'

declare const process: { env: { STOCKBOOK_URL: string } }

let session: StoredSession | null = null
const client = createStockbookClient({
  url: process.env.STOCKBOOK_URL,
  timeoutMs: undefined,
  auth: {
    store: {
      get: () => session,
      set: (next) => {
        session = next
      },
    },
  },
})
await client.auth.signIn.mutate({ username: 'anna', password: 'correct horse battery' })

const skus: string[] = []
for await (const product of listAll(client.products.list, {})) skus.push(product.sku)

const productId = '018f4e3c-0000-7000-8000-000000000001'
const toLocationId = '018f4e3c-0000-7000-8000-000000000002'
const lines = [{ type: 'incoming' as const, productId, toLocationId, quantity: 1 }]
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

/** Never called: what must not compile. */
export async function refusedByTheCompiler(operator: StockbookClient) {
  // @ts-expect-error an operator's client has no feature for administrators alone
  await operator.users.list.query({})
  // @ts-expect-error a server has an address
  createStockbookClient({ url: undefined })
  // @ts-expect-error a lot's id is a string or null
  await operator.movements.post.mutate({ lines: [{ ...lines[0], lotId: 5 }] })
}
