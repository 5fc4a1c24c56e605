import { randomUUID } from 'node:crypto'
import { sessions } from '@stockbook/db'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { mutations, procedures } from '../../src/testing/procedures.ts'
import { type RawAnswer, rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { restCall } from '../../src/testing/restCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import {
  type Filled,
  fillWarehouse,
  largeQuantity,
  makeWarehouse,
  signInRestricted,
} from './house.ts'

/*
 * An operator is restricted to a warehouse that stands empty, and all goods are in another one. Whatever
 * that operator calls, nothing of the other warehouse comes out, and nothing in it changes.
 */

let server: TestServer
let token: string
let filled: Filled
/** For every procedure that an operator may call: what names the other warehouse, in each way it can. */
let inputs: Record<string, object[]>

const isRead = ({ kind }: (typeof procedures)[number]) => kind !== 'mutation'
const operatorsReads = procedures.filter((one) => isRead(one) && one.access === 'operator')
const operatorsWrites = mutations.filter(({ access }) => access === 'operator')

/** What everybody shares, or has alone: no warehouse is concerned. */
const concernNoWarehouse = [
  'auth.signOut',
  'auth.signOutEverywhere',
  'auth.changePassword',
  'secondFactor.begin',
  'secondFactor.confirm',
  'secondFactor.remove',
  'sessions.end',
  'partners.create',
  'partners.update',
  'partners.archive',
  'lots.create',
  'lots.update',
]

beforeAll(async () => {
  server = await startTestServer()
  const [own, other] = [await makeWarehouse(server, 'OWN'), await makeWarehouse(server, 'SECRET')]
  const { username } = await signInRestricted(server, [own.warehouse])
  token = await signInFor(server.url, username, testPassword)
  filled = await fillWarehouse(server, other)
  const { shared, movements, reservation, check, line, attached } = filled
  const productId = shared.product.id
  const atOther = [other.warehouse, other.zone, other.bin].map((locationId) => ({ locationId }))
  const period = { from: new Date(0), before: new Date(Date.now() + 86_400_000) }
  const everywhere = (input: object = {}) => [input, ...atOther.map((at) => ({ ...input, ...at }))]
  const commandId = () => ({ commandId: randomUUID() })
  const goods = { productId, quantity: 1 }
  const out = { type: 'outgoing', ...goods, fromLocationId: other.bin }
  inputs = {
    'auth.me': [{}],
    'secondFactor.status': [{}],
    'sessions.list': [{}],
    'categories.list': [{}],
    'categories.get': [{ id: shared.category.id }],
    'products.list': [{}],
    'products.get': [{ id: productId }],
    'products.values': [{ field: 'baseUnit' }],
    'products.findByCode': [{ code: 'SHARED-1' }, { code: 'SECRET-BIN' }],
    'products.resolveScan': [{ scan: 'SHARED-1' }, { scan: 'SECRET-BIN' }],
    'locations.list': [
      {},
      { search: 'SECRET' },
      { archived: 'all' },
      { parentId: other.warehouse },
      { parentId: null },
      { kind: 'bin' },
    ],
    'locations.get': atOther.map(({ locationId: id }) => ({ id })),
    'partners.list': [{}],
    'partners.get': [{ id: shared.customer.id }],
    'partners.values': [{ field: 'country' }],
    'lots.list': [{}],
    'lots.get': [{ id: shared.lot.id }],
    'lots.trace': [{ id: shared.lot.id }, { id: shared.lot.id, sort: 'occurredAt' }],
    'movements.list': [
      ...everywhere(),
      ...everywhere({ productId }),
      { lotId: shared.lot.id },
      { commandId: filled.commandId },
      { partnerId: shared.supplier.id },
      { reference: 'PO OF THE OTHER WAREHOUSE' },
      { where: { fromLocationId: { within: other.warehouse } } },
      { where: { toLocationId: { equals: other.bin } } },
      { where: { quantity: { atLeast: largeQuantity } } },
    ],
    'movements.get': movements.map((id) => ({ id })),
    'stock.levels': [
      ...everywhere(),
      ...everywhere({ productId, includeZero: true }),
      { lotId: shared.lot.id },
      { categoryId: shared.category.id, sort: 'onHand' },
      { where: { locationCode: { startsWith: 'SECRET' } } },
      { where: { onHand: { greaterThan: 0 } } },
    ],
    'stock.history': [
      ...everywhere({ productId }),
      ...everywhere({ productId: shared.tracked.id }),
    ],
    'stock.asOf': everywhere({ at: new Date() }),
    'stock.changes': everywhere({ after: 0 }),
    'stock.closing': [{}],
    'stock.explain': [
      ...everywhere({ productId }),
      { productId: shared.tracked.id, lotId: shared.lot.id },
    ],
    'stock.suggestPick': [
      ...everywhere(goods),
      { ...goods, productId: shared.tracked.id },
      { ...goods, reservationId: reservation.id },
    ],
    'reservations.list': [...everywhere(), ...everywhere({ productId, openOnly: true })],
    'reservations.get': [{ id: reservation.id }],
    'checks.list': [{}, { search: 'OTHER' }, { status: 'review' }],
    'checks.get': [{ id: check.id }],
    'checks.lines': everywhere({ checkId: check.id }),
    'reports.lowStock': everywhere(),
    'reports.movementSummary': everywhere({ ...period, by: 'month' }),
    'reports.stockByCategory': [...everywhere(), { parentId: shared.category.id }],
    'reports.slowMovers': everywhere({ days: 1 }),
    'reports.abc': [...everywhere(period), ...everywhere({ ...period, measure: 'units' })],
    'reports.expiringLots': everywhere(),

    'attachments.list': [
      { entity: 'check', entityId: check.id },
      { entity: 'command', entityId: filled.commandId },
    ],
    'attachments.content': attached.map((id) => ({ id })),
    'attachments.add': [
      { entity: 'check', entityId: check.id },
      { entity: 'command', entityId: filled.commandId },
    ].map((row) => ({ ...commandId(), ...row, fileName: 'a.csv', content: btoa('a;b') })),

    'movements.post': [
      { ...commandId(), lines: [out] },
      { ...commandId(), lines: [{ type: 'incoming', ...goods, toLocationId: other.bin }] },
      { ...commandId(), lines: [{ type: 'incoming', ...goods, toLocationId: other.zone }] },
      {
        ...commandId(),
        lines: [
          { type: 'incoming', ...goods, toLocationId: own.bin },
          { type: 'transfer', ...goods, fromLocationId: own.bin, toLocationId: other.bin },
        ],
      },
      {
        ...commandId(),
        lines: [{ type: 'transfer', ...goods, fromLocationId: other.bin, toLocationId: own.bin }],
      },
      {
        ...commandId(),
        lines: [{ type: 'adjustment', ...goods, toLocationId: other.bin, reason: 'found' }],
      },
      { ...commandId(), lines: [{ ...out, reservationId: reservation.id }] },
      {
        ...commandId(),
        lines: [
          { type: 'incoming', ...goods, toLocationId: own.bin },
          { ...out, fromLocationId: own.bin, reservationId: reservation.id },
        ],
      },
      ...movements.map((movementId) => ({
        ...commandId(),
        lines: [{ type: 'reversal', movementId, reason: 'not mine' }],
      })),
    ],
    'movements.reverse': [
      { ...commandId(), reversedCommandId: filled.commandId, reason: 'not mine' },
      { ...commandId(), movementIds: movements, reason: 'not mine' },
    ],
    'reservations.hold': atOther.map((at) => ({ ...commandId(), ...goods, ...at })),
    'reservations.holdOrder': atOther.map((at) => ({
      ...commandId(),
      lines: [{ ...goods, ...at }],
      partial: true,
    })),
    'reservations.release': [{ ...commandId(), id: reservation.id }],
    'checks.count': [{ ...commandId(), lineId: line.id, quantity: 1 }],
    'checks.addLine': [{ checkId: check.id, productId, locationId: other.bin }],
    'checks.submit': [{ id: check.id, skipUncounted: true }],
    'lots.archive': [{ id: shared.lot.id }],
  }
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

/** What an answer tells, apart from what the caller had said. */
function tellsNothing(
  { text, result, failure }: Pick<RawAnswer, 'text' | 'result' | 'failure'>,
  input: object,
) {
  const said = JSON.stringify(input)
  const told = JSON.stringify([result, failure?.detail]) + text
  for (const secret of filled.secrets)
    if (!said.includes(secret)) expect(told).not.toContain(secret)
  if (!said.includes('SECRET')) expect(told).not.toContain('SECRET')
  expect(numbersIn([result, failure?.detail]).filter((value) => value >= largeQuantity)).toEqual([])
}

/** All numbers, also those that are written as a decimal text. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  if (typeof value === 'string')
    return /^-?\d+(\.\d+)?$/.test(value) ? [Math.abs(Number(value))] : []
  if (value instanceof Date || value === null || typeof value !== 'object') return []
  return Object.values(value).flatMap(numbersIn)
}

describe.each(operatorsReads)('$path', (read) => {
  test('tells nothing of another warehouse, whatever it is asked for', async () => {
    expect(inputs[read.path], 'an input for each procedure').toBeDefined()
    for (const input of inputs[read.path]!) {
      const answer = await rawCall(server.url, read.path, { token, input })
      expect([200, 404, 400]).toContain(answer.status)
      expect(answer.failure?.code ?? 'OK').toMatch(
        /^(OK|NOT_FOUND|REFERENCE_NOT_FOUND|SCAN_INVALID)$/,
      )
      tellsNothing(answer, input)
    }
  })

  test('answers for what is in another warehouse as for what does not exist', async () => {
    for (const input of inputs[read.path]!) {
      const missing = withUnknown(input)
      const answer = await rawCall(server.url, read.path, { token, input })
      const sameOfNothing = await rawCall(server.url, read.path, { token, input: missing.input })
      expect(plain(answer)).toEqual(missing.back(plain(sameOfNothing)))
    }
  })

  if (read.kind !== 'subscription') {
    test('tells nothing of another warehouse by REST', async () => {
      for (const input of inputs[read.path]!) {
        const { status, json } = await restCall(server.url, read.path, {
          authorization: `Bearer ${token}`,
          input,
        })
        expect([200, 404, 400]).toContain(status)
        tellsNothing({ text: JSON.stringify(json), result: json, failure: undefined }, input)
      }
    })
  }
})

/** The same input with ids of nothing in place of those of the other warehouse, and the way back. */
function withUnknown(input: object) {
  const unknown = new Map(
    filled.secrets
      .filter((secret) => /^[\da-f-]{36}$/.test(secret))
      .map((id) => [id, randomUUID()]),
  )
  const replaceAll = (text: string, pairs: Iterable<[string, string]>) =>
    [...pairs].reduce((changed, [from, to]) => changed.replaceAll(from, to), text)
  const texts = Object.entries(input).map(([name, value]) => [
    name,
    typeof value === 'string' ? replaceAll(value, unknown) : value,
  ])
  return {
    input: Object.fromEntries(texts) as object,
    back: (value: unknown): unknown =>
      JSON.parse(
        replaceAll(
          JSON.stringify(value),
          [...unknown].map(([id, other]) => [other, id]),
        ),
      ),
  }
}

/** What was answered, without what differs from call to call. */
function plain({ status, result, failure }: RawAnswer): unknown {
  const { code, detail } = failure ?? {}
  return JSON.parse(JSON.stringify({ status, result, code, detail })) as unknown
}

test('every report as a file tells nothing of another warehouse', async () => {
  const reports = operatorsReads.filter(({ feature }) => feature === 'reports')
  expect(reports.length).toBeGreaterThan(3)
  for (const { name, path } of reports) {
    for (const input of inputs[path]!) {
      const url = new URL(`/reports/${name}.csv`, server.url)
      url.searchParams.set('input', JSON.stringify(input))
      const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
      const text = await answer.text()
      expect({ name, status: answer.status, text }).toMatchObject({ status: 200 })
      tellsNothing({ text, result: text.split(/[\n\r,]/), failure: undefined }, input)
    }
  }
})

describe.each(operatorsWrites.filter(({ path }) => !concernNoWarehouse.includes(path)))(
  '$path',
  (write) => {
    test('changes nothing in another warehouse, and tells nothing of it', async () => {
      expect(inputs[write.path], 'an input for each procedure').toBeDefined()
      // Once a minute a call notes that its session is in use: not during this test.
      await server.db.update(sessions).set({ lastUsedAt: sql`now()` })
      const before = await databaseContents(server.db)
      for (const input of inputs[write.path]!) {
        const answer = await rawCall(server.url, write.path, { method: 'POST', token, input })
        expect({ input, ...plainFailure(answer) }).toMatchObject({
          code: expect.stringMatching(
            /^(OUTSIDE_WAREHOUSES|NOT_FOUND|REFERENCE_NOT_FOUND|IN_USE)$/,
          ),
        })
        tellsNothing(answer, input)
      }
      expect(await databaseContents(server.db)).toEqual(before)
    })
  },
)

const plainFailure = ({ failure, text }: RawAnswer) => ({ code: failure?.code, text })

test('no file of another warehouse can be had', async () => {
  for (const id of filled.attached) {
    const answer = await fetch(`${server.url}/attachments/${id}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(answer.status).toBe(404)
    tellsNothing({ text: await answer.text(), result: null, failure: undefined }, { id })
  }
})

test('an administrator is told of all this, so that the walk looks for what there is', async () => {
  const { items } = await server.admin.stock.levels.query({})
  expect(items.map(({ onHand }) => onHand).every((onHand) => onHand >= largeQuantity)).toBe(true)
  expect(items.map(({ locationCode }) => locationCode)).toContain('SECRET-BIN')
  expect(JSON.stringify(await server.admin.movements.list.query({}))).toContain('OTHER WAREHOUSE')
  expect((await server.admin.checks.list.query({})).items).toHaveLength(3)
  expect((await server.admin.reservations.list.query({})).items).toHaveLength(2)
  for (const id of filled.attached) await server.admin.attachments.content.query({ id })
  expect((await server.admin.reports.expiringLots.query({})).items).toHaveLength(1)
})
