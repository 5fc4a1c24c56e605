import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestServer } from '@stockbook/server/src/testing/testServer.ts'
import { administrator } from '../person.ts'

const root = join(import.meta.dirname, '../../..')

/** Fills a house with Northwind's goods and orders, and with a working day on the floor. */
export async function furnish(server: TestServer): Promise<void> {
  await promisify(execFile)(
    process.execPath,
    ['--import=tsx', '--conditions=source', 'examples/northwind/src/load.ts'],
    {
      cwd: root,
      env: {
        ...process.env,
        STOCKBOOK_URL: server.url,
        STOCKBOOK_USERNAME: administrator.username,
        STOCKBOOK_PASSWORD: administrator.password,
      },
    },
  )
  await retireEmpty(server)
  await labelChai(server)
  await workTheMonth(server)
  await workTheDay(server)
  await countBeverages(server)
  const zone = await locationId(server, 'SWE')
  await server.admin.checks.open.mutate({
    title: 'Confections',
    scope: { locationIds: [zone] },
  })
}

async function productId({ operator }: TestServer, sku: string): Promise<string> {
  return (await operator.products.findByCode.query({ code: sku })).product.id
}

async function locationId({ operator }: TestServer, code: string): Promise<string> {
  const { items } = await operator.locations.list.query({ search: code })
  const found = items.find((location) => location.code === code)
  if (found === undefined) throw new Error(`There is no location ${code}`)
  return found.id
}

/** What an administrator adds to the product of which a picture shows all. */
async function labelChai(server: TestServer): Promise<void> {
  const id = await productId(server, 'NW-001')
  await server.admin.products.update.mutate({
    id,
    packagings: [{ name: 'case', factor: 12 }],
    codes: [{ type: 'gtin', code: '4006381333931' }],
  })
  await server.admin.products.update.mutate({ id, reorderPoint: 24, unitPrice: '18.50' })
}

/** Northwind sells these no more, and has none left. */
async function retireEmpty(server: TestServer): Promise<void> {
  for (const sku of ['NW-005', 'NW-017', 'NW-029', 'NW-053']) {
    await server.admin.products.archive.mutate({ id: await productId(server, sku), archived: true })
  }
}

const dayMs = 24 * 60 * 60 * 1_000

/** Four weeks of goods that come, go and change their place, on some days more than on others. */
async function workTheMonth(server: TestServer): Promise<void> {
  const { items } = await server.operator.stock.levels.query({ limit: 200 })
  const plenty = items.filter(({ onHand }) => onHand >= 40)
  for (let day = 28; day >= 1; day--) {
    const occurredAt = new Date(Date.now() - day * dayMs)
    if (occurredAt.getUTCDay() === 0) continue
    const size = 2 + ((day * 5) % 7)
    const some = Array.from(
      { length: size },
      (_, index) => plenty[(day + index * 3) % plenty.length]!,
    )
    await server.operator.movements.post.mutate({
      occurredAt,
      reference: `SO-${2_000 + day}`,
      lines: [
        ...some.map(({ productId: product, locationId: place }) => ({
          type: 'incoming' as const,
          productId: product,
          toLocationId: place,
          quantity: 2,
        })),
        ...some.slice(0, 1 + (day % 4)).map(({ productId: product, locationId: place }) => ({
          type: 'outgoing' as const,
          productId: product,
          fromLocationId: place,
          quantity: 1,
        })),
      ],
    })
  }
}

async function workTheDay(server: TestServer): Promise<void> {
  const { operator } = server
  const at = async (sku: string, code: string) =>
    [await productId(server, sku), await locationId(server, code)] as const
  const [chai, chaiBin] = await at('NW-001', 'BEV-01')
  const [chang, changBin] = await at('NW-002', 'BEV-02')
  const [syrup, syrupBin] = await at('NW-003', 'CON-03')
  await operator.movements.post.mutate({
    reference: 'PO-1042',
    lines: [
      { type: 'incoming', productId: chai, toLocationId: chaiBin, quantity: 48 },
      { type: 'incoming', productId: syrup, toLocationId: syrupBin, quantity: 24 },
    ],
  })
  await operator.movements.post.mutate({
    lines: [
      {
        type: 'transfer',
        productId: chang,
        fromLocationId: changBin,
        toLocationId: chaiBin,
        quantity: 6,
      },
    ],
  })
  await operator.movements.post.mutate({
    reference: 'SO-2077',
    lines: [{ type: 'outgoing', productId: chai, fromLocationId: chaiBin, quantity: 20 }],
  })
}

/** A check that waits for approval, with goods missing and goods found. */
async function countBeverages(server: TestServer): Promise<void> {
  const { admin, operator } = server
  const check = await admin.checks.open.mutate({
    title: 'Beverages, quarterly',
    scope: { locationIds: [await locationId(server, 'BEV')] },
    acceptPercent: '2',
    acceptValue: '20',
  })
  const { items } = await admin.checks.lines.query({ checkId: check.id, limit: 200 })
  const levels = await operator.stock.levels.query({
    locationId: await locationId(server, 'BEV'),
    limit: 200,
  })
  const differences: Readonly<Record<string, number>> = { 'NW-001': -3, 'NW-034': 5, 'NW-076': -12 }
  for (const line of items) {
    const level = levels.items.find(
      ({ productId, locationId: place }) =>
        productId === line.productId && place === line.locationId,
    )
    const quantity = (level?.onHand ?? 0) + (differences[line.sku] ?? 0)
    await operator.checks.count.mutate({ lineId: line.id, quantity: Math.max(quantity, 0) })
  }
  await operator.checks.submit.mutate({ id: check.id })
}
