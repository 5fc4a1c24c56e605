import { afterAll, beforeAll, expect, test } from 'vitest'
import { mutationInputs } from '../../src/testing/mutationInputs.ts'
import { procedures } from '../../src/testing/procedures.ts'
import { rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'

const reads = procedures.filter(({ kind }) => kind !== 'mutation')

let server: TestServer
let token: string
/** What a read needs that takes no empty input. */
let inputs: Record<string, object>

beforeAll(async () => {
  server = await startTestServer()
  token = await signInFor(server.url, 'anton', testPassword)
  const writes = await mutationInputs(server)
  const {
    lots,
    products,
    categories,
    locations,
    partners,
    reservations,
    users,
    apiKeys,
    checks,
    attachments,
  } = writes
  const { items } = await server.admin.movements.list.query({})
  inputs = {
    'categories.get': { id: categories.update.id },
    'locations.get': { id: locations.update.id },
    'lots.get': { id: lots.update.id },
    'lots.trace': { id: lots.update.id },
    'partners.get': { id: partners.update.id },
    'partners.values': { field: 'country' },
    'products.get': { id: products.update.id },
    'products.values': { field: 'baseUnit' },
    'products.findByCode': { code: 'T-1' },
    'products.resolveScan': { scan: 'T-1' },
    'users.get': { id: users.update.id },
    'apiKeys.get': { id: apiKeys.revoke.id },
    'movements.get': { id: items[0]!.id },
    'reservations.get': { id: reservations.release.id },
    'checks.get': { id: checks.approve.id },
    'checks.lines': { checkId: checks.approve.id },
    'checks.report': { id: checks.approve.id },
    'stock.explain': { productId: products.update.id },
    'stock.suggestPick': { productId: products.update.id, quantity: 1 },
    'stock.history': { productId: products.update.id },
    'stock.asOf': { at: new Date() },
    'attachments.list': { entity: 'product', entityId: products.update.id },
    'attachments.content': { id: attachments.remove.id },
    'reports.movementSummary': { from: new Date(0), before: new Date(), by: 'day' },
    'reports.abc': { from: new Date(0), before: new Date() },
  }
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

test.each(reads)(
  '$path answers an administrator, with what the server’s role may read',
  async ({ path }) => {
    const { status, text } = await rawCall(server.url, path, { token, input: inputs[path] ?? {} })
    expect({ status, text }).toMatchObject({ status: 200 })
  },
)
