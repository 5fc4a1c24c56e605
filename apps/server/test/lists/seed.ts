import { randomUUID } from 'node:crypto'
import {
  apiKeys,
  attachments,
  auditLog,
  categories,
  type Db,
  inventoryCheckLines,
  inventoryChecks,
  locations,
  lots,
  partners,
  commands,
  products,
  reservations,
  sessions,
  users,
} from '@stockbook/db'
import type { TestServer } from '../../src/testing/testServer.ts'

/** More rows than six pages of seven, and no multiple of seven. */
const rowCount = 45

const numbers = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => from + index)

/** Rows of every list. Each three share what can be shared: a name, a day, a moment, a quantity. */
export type Seed = {
  warehouseId: string
  binIds: string[]
  productIds: string[]
  /** Tracked by lot; each lot below is one of its. */
  trackedId: string
  /** Went to many partners. */
  tracedLotId: string
  /** Has as many sessions. */
  userId: string
  /** An inventory check with as many lines. */
  checkId: string
}

export async function seedLists(server: TestServer): Promise<Seed> {
  const { db, admin } = server
  const tracked = await admin.products.create.mutate({
    sku: 'tracked',
    name: 'Tracked',
    baseUnit: 'piece',
    tracking: 'lot',
  })
  const { id: warehouseId } = await admin.locations.create.mutate({
    kind: 'warehouse',
    code: 'main',
    name: 'Main',
  })
  const { id: openedBy } = await admin.auth.me.query()
  const [check] = await db
    .insert(inventoryChecks)
    .values({ title: 'All shelves', scope: {}, openedBy })
    .returning()
  const known = { warehouseId, trackedId: tracked.id, checkId: check!.id }
  const rows = await addRows(db, { ...known, from: 0, count: rowCount })
  await receiveAll(server, rows.productIds, rows.binIds)
  await receiveLots(server, tracked.id, rows.binIds)
  const tracedLotId = await shipLot(server, tracked.id, rows.binIds[0]!)
  return { ...known, tracedLotId, ...rows }
}

type Where = Pick<Seed, 'warehouseId' | 'trackedId' | 'checkId'> & { from: number; count: number }

/** Adds to every list of master data. Rows of one call share their moment of creation. */
export async function addRows(db: Db, { warehouseId, trackedId, checkId, from, count }: Where) {
  const series = numbers(from, count)
  const code = (number: number) => `x-${String(number).padStart(4, '0')}`
  const name = (number: number) => `name ${String(Math.floor(number / 3)).padStart(4, '0')}`
  await db.insert(users).values(
    series.map((number) => ({
      username: code(number),
      displayName: name(number),
      role: 'operator' as const,
      passwordHash: 'none',
    })),
  )
  const services = await db
    .insert(users)
    .values(
      series.map((number) => ({
        kind: 'service' as const,
        username: `key:${code(number)}`,
        displayName: name(number),
        role: 'operator' as const,
      })),
    )
    .returning()
  const userId = services[0]!.id
  const expiresAt = new Date(Date.now() + 86_400_000)
  await db.insert(apiKeys).values(
    services.map(({ id }) => ({
      userId: id,
      keyHash: id,
      hint: 'none',
      createdBy: userId,
      expiresAt,
    })),
  )
  await db
    .insert(sessions)
    .values(services.map(({ id }) => ({ userId, tokenHash: id, inCookie: false, expiresAt })))
  await db.insert(auditLog).values(
    services.map(({ id }) => ({
      action: 'seed',
      entity: 'service',
      entityId: id,
      requestId: 'none',
    })),
  )
  // Siblings differ in name: every third stands below another.
  const parents = await db
    .insert(categories)
    .values(numbers(0, 3).map((number) => ({ name: `root ${from} ${number}` })))
    .returning()
  await db
    .insert(categories)
    .values(
      series.map((number) => ({ name: name(number), parentId: parents[number % 3]?.id ?? null })),
    )
  const ofGoods = await db
    .insert(categories)
    .values(series.map((number) => ({ name: `goods ${code(number)}` })))
    .returning()
  await db.insert(partners).values(
    series.map((number) => ({
      kind: number % 2 ? ('supplier' as const) : ('customer' as const),
      code: code(number),
      name: name(number),
    })),
  )
  const bins = await db
    .insert(locations)
    .values(
      series.map((number) => ({
        kind: 'bin' as const,
        parentId: warehouseId,
        code: code(number),
        name: name(number),
      })),
    )
    .returning()
  const made = await db
    .insert(products)
    .values(
      series.map((number, index) => ({
        sku: code(number),
        name: name(number),
        categoryId: ofGoods[index]!.id,
        baseUnit: 'piece',
        reorderPoint: 1_000,
        unitPrice: '1',
      })),
    )
    .returning()
  await db.insert(lots).values(
    series.map((number) => ({
      productId: trackedId,
      code: code(number),
      // A third of them does not expire.
      expiresOn: number % 3 === 0 ? null : `2027-01-${String((number % 9) + 1).padStart(2, '0')}`,
    })),
  )
  const commandId = randomUUID()
  await db.insert(commands).values({
    id: commandId,
    kind: 'hold',
    contentHash: 'none',
    actorId: userId,
    outcome: 'posted',
    occurredAt: new Date(),
  })
  const onDayOf = (number: number) => new Date(Date.UTC(2026, 0, 1 + Math.floor(number / 3)))
  await db.insert(inventoryChecks).values(
    series.map((number) => ({
      title: name(number),
      scope: {},
      openedBy: userId,
      createdAt: onDayOf(number),
    })),
  )
  await db.insert(inventoryCheckLines).values(
    made.map(({ id }, index) => ({
      checkId,
      productId: id,
      locationId: bins[Math.floor(index / 3)]!.id,
    })),
  )
  await db.insert(attachments).values(
    series.map((number) => ({
      id: randomUUID(),
      productId: trackedId,
      fileName: `${name(number)}.csv`,
      mediaType: 'text/csv' as const,
      byteSize: 1,
      sha256: 'none',
      createdBy: userId,
      createdAt: onDayOf(number),
    })),
  )
  await db.insert(reservations).values(
    series.map((number) => ({
      commandId,
      productId: made[0]!.id,
      locationId: warehouseId,
      quantity: 1,
      // Given back: a list of what is held must not keep the goods from moving.
      released: 1,
      status: 'released' as const,
      createdBy: userId,
      createdAt: onDayOf(number),
    })),
  )
  return {
    userId,
    binIds: bins.map(({ id }) => id),
    productIds: made.map(({ id }) => id),
  }
}

/** Each lot that expires into two bins, each on a day of its own. */
async function receiveLots({ admin }: TestServer, productId: string, binIds: string[]) {
  const { items } = await admin.lots.list.query({ limit: 200, expiresUntil: '2027-12-31' })
  for (const [index, { id: lotId }] of items.entries()) {
    for (const place of [0, 1]) {
      await admin.movements.post.mutate({
        occurredAt: new Date(Date.UTC(2026, 1, 1 + 2 * index + place)),
        lines: [
          {
            type: 'incoming',
            productId,
            lotId,
            toLocationId: binIds[place]!,
            quantity: (index % 5) + 1,
          },
        ],
      })
    }
  }
}

/** A lot that goes to three partners, piece by piece. Gives its id. */
async function shipLot({ admin }: TestServer, productId: string, binId: string): Promise<string> {
  const lot = await admin.lots.create.mutate({ productId, code: 'traced' })
  const goods = { productId, lotId: lot.id }
  await admin.movements.post.mutate({
    lines: [{ type: 'incoming', ...goods, toLocationId: binId, quantity: rowCount }],
  })
  const { items } = await admin.partners.list.query({ limit: 3 })
  for (const { id: partnerId } of items) {
    await admin.movements.post.mutate({
      partnerId,
      lines: numbers(0, rowCount / 3).map(() => ({
        type: 'outgoing' as const,
        ...goods,
        fromLocationId: binId,
        quantity: 1,
      })),
    })
  }
  return lot.id
}

/** Each product into its bin in commands of nine lines; and the first product into every bin. */
export async function receiveAll({ admin }: TestServer, productIds: string[], binIds: string[]) {
  const own = productIds.map((productId, index) => line(productId, binIds[index], index))
  const first = binIds.map((binId, index) => line(productIds[0], binId, index))
  for (let at = 0; at < own.length; at += 9) {
    await admin.movements.post.mutate({
      commandId: randomUUID(),
      occurredAt: new Date(Date.UTC(2026, 0, 1 + at)),
      lines: own.slice(at, at + 9),
    })
  }
  await admin.movements.post.mutate({ commandId: randomUUID(), lines: first })
}

function line(productId = '', toLocationId = '', index = 0) {
  return { type: 'incoming' as const, productId, toLocationId, quantity: (index % 5) + 1 }
}
