import { contract, type ProcedureContract } from '@stockbook/client/contract'
import { partners, products, stockMovements } from '@stockbook/db'
import { like, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeProduct } from '../../src/testing/warehouse.ts'
import { keyOfItem, lists, type TestedList } from './lists.ts'
import { type Seed, seedLists } from './seed.ts'

type Item = Record<string, unknown>
type Page = { items: Item[]; nextCursor: string | null }

let server: TestServer
let seed: Seed

beforeAll(async () => {
  server = await startTestServer()
  seed = await seedLists(server)
  await fillWhatMayBeMissing(server)
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

/** In some rows of the large lists, so that each field has rows with a value and rows without. */
async function fillWhatMayBeMissing({ db, admin, operator }: TestServer) {
  await db
    .update(products)
    .set({ minimumStock: 5, maximumStock: sql`50 + length(${products.name})`, abcClass: 'B' })
    .where(like(products.sku, '%2'))
  await db
    .update(products)
    .set({ description: 'Fragile', unitCost: '2.5', minimumShelfLifeDays: 30, reorderPoint: null })
    .where(like(products.sku, '%3'))
  await db
    .update(partners)
    .set({
      email: 'a@b.example',
      phone: '1',
      address: 'Here',
      country: 'Kenya',
      contactName: 'Ann',
    })
    .where(like(partners.code, '%2'))
  const { warehouseId } = seed
  await admin.users.create.mutate({
    username: 'of.one.warehouse',
    displayName: 'Of one warehouse',
    role: 'operator',
    password: 'opens but one warehouse',
    warehouseIds: [warehouseId],
  })
  await admin.apiKeys.create.mutate({
    name: 'Of one warehouse',
    role: 'operator',
    warehouseIds: [warehouseId],
  })
  const [last] = await db.select().from(stockMovements).limit(1)
  await admin.movements.reverse.mutate({ movementIds: [last!.id], reason: 'mistaken' })
  await operator.movements.post.mutate({
    reference: 'PO-1',
    note: 'by hand',
    deviceId: 'scanner 1',
    lines: [
      {
        type: 'transfer',
        productId: seed.productIds[1]!,
        fromLocationId: seed.binIds[1]!,
        toLocationId: seed.binIds[2]!,
        quantity: 1,
      },
    ],
  })
}

function procedureOf({ path }: TestedList): ProcedureContract {
  const [feature = '', name = ''] = path.split('.')
  return (contract as unknown as Record<string, Record<string, ProcedureContract>>)[feature]![name]!
}

async function ask({ path }: TestedList, input: object): Promise<Page> {
  const [feature = '', name = ''] = path.split('.')
  type Call = { query(input: object): Promise<Page> }
  const calls = server.admin as unknown as Record<string, Record<string, Call>>
  return calls[feature]![name]!.query(input)
}

/** All items that are like this, by pages of this size, in the list's own order. */
async function readAll(list: TestedList, where: object | undefined, limit: number) {
  const items: Item[] = []
  let cursor: string | null = null
  do {
    const page: Page = await ask(list, {
      ...list.input?.(seed),
      limit,
      ...(where && { where }),
      ...(cursor !== null && { cursor }),
    })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return items
}

const known = new Map<string, Promise<Item[]>>()

/** All items of a list; nothing changes while they are compared. */
function allOf(list: TestedList): Promise<Item[]> {
  const items = known.get(list.path) ?? readAll(list, undefined, 200)
  known.set(list.path, items)
  return items
}

const unwrapped = (schema: z.ZodType) => (schema as z.ZodOptional<z.ZodObject>).unwrap()

/** The fields that a list can be narrowed by, each with its operators. */
function fieldsOf(list: TestedList): Record<string, string[]> {
  const { where } = (procedureOf(list).input as z.ZodObject).shape
  if (where === undefined) return {}
  const { shape } = unwrapped(where as unknown as z.ZodType)
  return Object.fromEntries(
    Object.entries(shape).map(([name, field]) => [
      name,
      Object.keys(unwrapped(field as unknown as z.ZodType).shape),
    ]),
  )
}

/** Whether a list knows the value of a row as one to choose: an audit log may hold others. */
function isChoice(list: TestedList, field: string, value: unknown): boolean {
  const { where } = (procedureOf(list).input as z.ZodObject).shape
  const shape = unwrapped(where as unknown as z.ZodType).shape[field] as unknown as z.ZodType
  return shape.safeParse({ oneOf: [value] }).success
}

const rowOf = (list: TestedList) =>
  (procedureOf(list).output as z.ZodObject<{ items: z.ZodArray<z.ZodObject> }>).shape.items.element
    .shape as Readonly<Record<string, z.ZodType>>

const narrowed = lists.flatMap((list) =>
  Object.entries(fieldsOf(list)).map(([field, operators]) => ({
    list,
    path: list.path,
    field,
    operators,
  })),
)

/** Whose case tells nothing apart. */
const caseless = ['sku', 'username', 'locationCode', 'locations.list code']

/** Decimals come as text; days are in order as they are. */
const comparable = (value: unknown, isOrdered: boolean) =>
  isOrdered && typeof value === 'string' && !value.includes('-') ? Number(value) : value

const lower = (value: unknown) => String(value).toLowerCase()

/** What each operator means, said once more in another language. */
const meanings: Readonly<
  Record<string, (own: never, asked: never, isCaseless: boolean) => boolean>
> = {
  equals: (own: unknown, asked: unknown, isCaseless) =>
    isCaseless
      ? lower(own) === lower(asked)
      : own instanceof Date
        ? own.getTime() === (asked as Date).getTime()
        : own === asked,
  greaterThan: (own: number, asked: number) => own > asked,
  atLeast: (own: number, asked: number) => own >= asked,
  lessThan: (own: number, asked: number) => own < asked,
  atMost: (own: number, asked: number) => own <= asked,
  contains: (own: unknown, asked: unknown) => lower(own).includes(lower(asked)),
  startsWith: (own: unknown, asked: unknown) => lower(own).startsWith(lower(asked)),
  endsWith: (own: unknown, asked: unknown) => lower(own).endsWith(lower(asked)),
  oneOf: (own: unknown, asked: unknown[]) => asked.includes(own),
  includes: (own: unknown[], asked: unknown) => own.includes(asked),
}

/** What to ask for so that an operator has something to find. */
function askedFor(operator: string, value: unknown): unknown {
  const text = String(value)
  if (operator === 'oneOf') return [value]
  if (operator === 'includes') return (value as unknown[])[0]
  if (operator === 'contains') return text.slice(1, 6).toUpperCase() || text
  if (operator === 'startsWith') return text.slice(0, 4).toUpperCase()
  if (operator === 'endsWith') return text.slice(-4)
  return value
}

test.each(narrowed)(
  '$path by $field gives the rows that each operator means, and no other, on pages of any size',
  async ({ list, path, field, operators }) => {
    const isCaseless = caseless.includes(field) || caseless.includes(`${path} ${field}`)
    const all = await allOf(list)
    const isOrdered = operators.includes('greaterThan')
    const values = all.map((item) => item[field]).filter((value) => value !== null)
    const value = values[values.length >> 1]
    for (const operator of operators.filter((name) => name in meanings)) {
      const choice = values.find((one) => isChoice(list, field, one))
      if ((operator === 'oneOf' ? choice : value) === undefined) continue
      const asked = askedFor(operator, operator === 'oneOf' ? choice : value)
      const meaning = meanings[operator]!
      const isMeant = ({ [field]: own }: Item) =>
        own !== null &&
        meaning(
          comparable(own, isOrdered) as never,
          comparable(asked, isOrdered) as never,
          isCaseless,
        )
      const expected = all.filter(isMeant).map((item) => keyOfItem(list, item))
      const found = await readAll(list, { [field]: { [operator]: asked } }, 200)
      const keys = found.map((item) => keyOfItem(list, item))
      expect({ operator, asked, keys }).toEqual({ operator, asked, keys: expected })
      if (expected.length > 30) continue
      const small = await readAll(list, { [field]: { [operator]: asked } }, 7)
      expect(small.map((item) => keyOfItem(list, item))).toEqual(keys)
    }
  },
  60_000,
)

const missable = narrowed.filter(({ operators }) => operators.includes('isNull'))

test.each(missable)(
  '$path tells rows that have a $field from those that have none',
  async ({ list, field }) => {
    const all = await allOf(list)
    for (const isNull of [true, false]) {
      const expected = all.filter((item) => (item[field] === null) === isNull)
      const found = await readAll(list, { [field]: { isNull } }, 200)
      expect(found.map((item) => keyOfItem(list, item))).toEqual(
        expected.map((item) => keyOfItem(list, item)),
      )
    }
  },
  60_000,
)

describe('every list of rows', () => {
  /** What no person is shown in a list: ids that stand beside a name, or lead nowhere. */
  const withoutOperators: Readonly<Record<string, readonly string[]>> = {
    'movements.list': ['packagingId', 'reservationId', 'checkLineId', 'compensatesId'],
    'reports.stockByCategory': ['categoryId'],
  }
  const listed = lists.filter((list) => Object.keys(fieldsOf(list)).length > 0)

  test('is there', () => {
    expect(listed.map(({ path }) => path)).toEqual([
      'users.list',
      'sessions.list',
      'apiKeys.list',
      'audit.list',
      'categories.list',
      'products.list',
      'locations.list',
      'partners.list',
      'lots.list',
      'movements.list',
      'reservations.list',
      'checks.list',
      'reports.lowStock',
      'reports.stockByCategory',
      'reports.slowMovers',
      'reports.expiringLots',
      'stock.levels',
      'stock.asOf',
    ])
  })

  test.each(listed)('$path narrows only by what its rows show', (list) => {
    const shown = Object.keys(rowOf(list))
    expect(Object.keys(fieldsOf(list)).filter((field) => !shown.includes(field))).toEqual([])
  })

  test.each(listed)(
    '$path tells what is missing of each field that may be, and of no other',
    (list) => {
      const isSingle = (schema: z.ZodType) =>
        !['object', 'record'].includes(
          (schema instanceof z.ZodNullable ? (schema.unwrap() as z.ZodType) : schema).type,
        )
      const mayBeMissing = Object.entries(rowOf(list))
        // Left out for some readers, which is another thing than missing.
        .map(
          ([name, schema]) =>
            [
              name,
              schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema,
            ] as const,
        )
        .filter(([, schema]) => schema instanceof z.ZodNullable && isSingle(schema))
        .map(([name]) => name)
        // `archived` says it.
        .filter((name) => name !== 'archivedAt' && !withoutOperators[list.path]?.includes(name))
      const told = Object.entries(fieldsOf(list))
        .filter(([, operators]) => operators.includes('isNull'))
        .map(([name]) => name)
      expect(told.sort()).toEqual(mayBeMissing.sort())
    },
  )
})

describe('numbers, days, moments and ids', () => {
  test('end where they say, and may be larger than any column holds', async () => {
    const { admin } = server
    const made = await Promise.all(
      [10, 11, 12].map((days) =>
        makeProduct(admin, {
          name: 'bounds',
          minimumShelfLifeDays: days,
          unitPrice: `${days}.005`,
        }),
      ),
    )
    type Where = NonNullable<Parameters<typeof admin.products.list.query>[0]>['where']
    const days = async (where: Where) =>
      (await admin.products.list.query({ search: 'bounds', sort: 'createdAt', where })).items
        .map(({ minimumShelfLifeDays }) => minimumShelfLifeDays)
        .sort()
    expect(await days({ minimumShelfLifeDays: { greaterThan: 10, lessThan: 12 } })).toEqual([11])
    expect(await days({ minimumShelfLifeDays: { atLeast: 10, atMost: 11 } })).toEqual([10, 11])
    expect(await days({ minimumShelfLifeDays: { atLeast: -1 } })).toEqual([10, 11, 12])
    const huge = Number.MAX_SAFE_INTEGER
    expect(await days({ minimumShelfLifeDays: { lessThan: huge } })).toEqual([10, 11, 12])
    expect(await days({ minimumShelfLifeDays: { equals: -huge } })).toEqual([])
    expect(await days({ unitPrice: { equals: '11.0050' } })).toEqual([11])
    expect(await days({ unitPrice: { greaterThan: '11.0049999999' } })).toEqual([11, 12])
    expect(await days({ unitPrice: { lessThan: '99999999999999999999.5' } })).toEqual([10, 11, 12])
    const [first] = made
    const { createdAt } = first!
    expect(await days({ createdAt: { atLeast: createdAt } })).toContain(10)
    expect(await days({ createdAt: { equals: createdAt } })).toContain(10)
    expect(await days({ createdAt: { lessThan: createdAt } })).not.toContain(10)
    expect(
      await days({ createdAt: { atMost: new Date('9999-12-31T23:59:59.999Z') } }),
    ).toHaveLength(3)
    expect(await days({ createdAt: { atLeast: new Date('1000-01-01T00:00:00Z') } })).toHaveLength(3)
  })

  test('of a tree are found with all that is below them', async () => {
    const { admin } = server
    const top = await admin.categories.create.mutate({ name: 'top' })
    const middle = await admin.categories.create.mutate({ name: 'middle', parentId: top.id })
    const own = await makeProduct(admin, { categoryId: top.id })
    const below = await makeProduct(admin, { categoryId: middle.id })
    const found = async (where: object) =>
      (await admin.products.list.query({ where })).items.map(({ id }) => id).sort()
    expect(await found({ categoryId: { within: top.id } })).toEqual([own.id, below.id].sort())
    expect(await found({ categoryId: { equals: top.id } })).toEqual([own.id])
    expect(await found({ categoryId: { within: middle.id } })).toEqual([below.id])
  })

  test('that begin as no id does are found nowhere', async () => {
    const { items } = await server.operator.movements.list.query({ limit: 1 })
    const { commandId } = items[0]!
    const found = async (startsWith: string) =>
      (await server.operator.movements.list.query({ where: { commandId: { startsWith } } })).items
        .length
    expect(await found(commandId)).toBeGreaterThan(0)
    expect(await found(commandId.slice(0, 9).toUpperCase())).toBeGreaterThan(0)
    expect(await found(commandId.replaceAll('-', ''))).toBe(0)
    expect(await found('-')).toBe(0)
  })

  test('of two ends give the movements between them, in either direction', async () => {
    const all = (await server.operator.movements.list.query({ limit: 200 })).items
    const [from, to] = [all.at(-20)!.occurredAt, all.at(20)!.occurredAt].sort(
      (one, other) => one.getTime() - other.getTime(),
    )
    for (const direction of ['ascending', 'descending'] as const) {
      const { items } = await server.operator.movements.list.query({
        limit: 200,
        direction,
        where: { occurredAt: { atLeast: from, lessThan: to } },
      })
      const expected = all.filter(({ occurredAt }) => occurredAt >= from! && occurredAt < to!)
      expect(items.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort())
    }
  })
})

describe('what a list does not know', () => {
  const refused = async (where: unknown) => {
    const call = server.operator.products.list.query({ where } as never)
    return call.then(
      () => 'answered',
      (error: { code: string; fieldErrors: Record<string, string[]> }) => [
        error.code,
        Object.keys(error.fieldErrors),
      ],
    )
  }

  test('is refused at its place: a field, an operator, a value', async () => {
    const at = (path: string) => ['INVALID_INPUT', [path]]
    expect(await refused({ colour: { equals: 'red' } })).toEqual(at('where'))
    expect(await refused({ passwordHash: { startsWith: '$2' } })).toEqual(at('where'))
    expect(await refused({ toString: { equals: 'x' } })).toEqual(at('where'))
    expect(await refused({ name: { like: '%' } })).toEqual(at('where.name'))
    expect(await refused({ name: { isNull: true } })).toEqual(at('where.name'))
    expect(await refused({ name: { contains: 5 } })).toEqual(at('where.name.contains'))
    expect(await refused({ name: { contains: '' } })).toEqual(at('where.name.contains'))
    expect(await refused({ name: { contains: 'a\0b' } })).toEqual(at('where.name.contains'))
    expect(await refused({ name: { contains: '\ud800' } })).toEqual(at('where.name.contains'))
    expect(await refused({ name: { contains: 'x'.repeat(201) } })).toEqual(
      at('where.name.contains'),
    )
    expect(await refused({ reorderPoint: { atLeast: '5' } })).toEqual(
      at('where.reorderPoint.atLeast'),
    )
    expect(await refused({ reorderPoint: { atLeast: 1.5 } })).toEqual(
      at('where.reorderPoint.atLeast'),
    )
    expect(await refused({ unitPrice: { equals: 'NaN' } })).toEqual(at('where.unitPrice.equals'))
    expect(await refused({ createdAt: { lessThan: 'now' } })).toEqual(
      at('where.createdAt.lessThan'),
    )
    expect(await refused({ categoryId: { within: 'x' } })).toEqual(at('where.categoryId.within'))
    expect(await refused({ tracking: { oneOf: ['serial'] } })).toEqual(at('where.tracking.oneOf.0'))
    expect(await refused({ supplierId: { startsWith: '%' } })).toEqual(
      at('where.supplierId.startsWith'),
    )
    expect(await refused([{ field: 'name' }])).toEqual(at('where'))
  })

  test('stays unknown to an operator who asks for what only administrators see', async () => {
    const operator = server.operator as unknown as TestServer['admin']
    const where = { username: { startsWith: 'a' } }
    await expect(operator.users.list.query({ where })).rejects.toMatchObject({
      code: 'ADMIN_REQUIRED',
    })
    await expect(
      operator.audit.list.query({ where: { entity: { oneOf: ['user'] } } }),
    ).rejects.toMatchObject({ code: 'ADMIN_REQUIRED' })
    await expect(
      operator.apiKeys.list.query({ where: { hint: { contains: 'a' } } }),
    ).rejects.toMatchObject({ code: 'ADMIN_REQUIRED' })
  })
})
