import { contract, type ProcedureContract } from '@stockbook/client/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mutationInputs } from '../../src/testing/mutationInputs.ts'
import { rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'

const payloads = [
  'NUL \0 inside',
  '\0',
  'high surrogate \ud800',
  '\udfff low surrogate',
  "' OR '1'='1",
  "'; DROP TABLE users; --",
  "' UNION SELECT password_hash FROM users --",
  "') OR pg_sleep(20) IS NOT NULL --",
  '" OR ""="',
  '1; SELECT 1',
  '$1',
  '$$; SELECT 1; $$',
  '\\',
  "\\'; SELECT 1 --",
  '%',
  '_',
  '%_\\',
  '(',
  '[a-',
  '<script>alert(1)</script>',
  '{{7*7}} ${7*7}',
  '../../etc/passwd',
  '',
  ' ',
  '\r\nset-cookie: a=b',
  '\u202egnp.exe',
  '👩‍👩‍👧‍👦',
  'ẞİſK',
  'x'.repeat(20_000),
  '0000-01-01',
  '9999-12-31',
  '2026-02-30',
  'infinity',
  '00000000-0000-0000-0000-000000000000',
  '9'.repeat(40),
  '1e400',
  Buffer.from('["name","ascending","x","y"]').toString('base64url'),
]

const moments = [
  new Date(8.64e15),
  new Date(-8.64e15),
  new Date('-000001-01-01T00:00:00Z'),
  new Date('0000-01-01T00:00:00Z'),
  new Date('9999-12-31T23:59:59.999Z'),
  new Date(Number.NaN),
]

/** What only the database, or the source code, would say. */
const tellsInternals =
  /syntax error|invalid byte sequence|invalid input syntax|Failed query|violates|out of range|SQLSTATE|password_hash["']?:|\.ts:\d|node_modules/

let server: TestServer
let token: string

beforeAll(async () => {
  server = await startTestServer()
  token = await signInFor(server.url, 'anton', testPassword)
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

/** For every procedure an input that has all of its text fields. */
async function fullInputs(): Promise<Record<string, object>> {
  const writes = await mutationInputs(server)
  const id = writes.products.update.id
  const at = new Date('2026-01-01T00:00:00Z')
  const list = { cursor: 'x', sort: 'x', direction: 'ascending' }
  const searched = { ...list, search: 'x' }
  const flat: Record<string, object> = {}
  for (const [feature, procedures] of Object.entries(writes)) {
    for (const [name, input] of Object.entries(procedures)) flat[`${feature}.${name}`] = input
  }
  return {
    ...flat,
    'users.create': { ...writes.users.create, displayName: 'x' },
    'partners.create': {
      ...writes.partners.create,
      contactName: 'x',
      email: 'x',
      phone: 'x',
      address: 'x',
      country: 'x',
    },
    'products.create': {
      ...writes.products.create,
      description: 'x',
      categoryId: id,
      supplierId: id,
      unitPrice: '1',
      packagings: [{ name: 'case', factor: 2 }],
      codes: [{ type: 'own', code: 'x', packaging: null }],
    },
    'lots.create': { ...writes.lots.create, expiresOn: '2026-01-01' },
    'movements.post': {
      ...writes.movements.post,
      occurredAt: at,
      partnerId: id,
      reference: 'x',
      note: 'x',
      deviceId: 'x',
    },
    'auth.signIn': { ...writes.auth.signIn, keep: 'caller' },
    'auth.refresh': { refreshToken: 'x' },
    'auth.me': {},
    'secondFactor.status': {},
    'sessions.list': { ...list, userId: id },
    'users.get': { id },
    'apiKeys.list': list,
    'apiKeys.get': { id },
    'apiKeys.create': { ...writes.apiKeys.create, expiresAt: at },
    'audit.list': {
      ...list,
      entity: 'x',
      entityId: 'x',
      action: 'x',
      actorId: id,
      recordedFrom: at,
      recordedBefore: at,
    },
    'audit.verify': { expectedHead: { position: 1, hash: 'x' } },
    'users.list': { ...searched, role: 'admin', kind: 'person' },
    'categories.list': { ...searched, parentId: id },
    'categories.get': { id },
    'products.list': {
      ...searched,
      categoryId: id,
      supplierId: id,
      tracking: 'lot',
      where: {
        name: { equals: 'x', contains: 'x', startsWith: 'x', endsWith: 'x' },
        supplierId: { equals: id, contains: '0', startsWith: '0' },
        abcClass: { oneOf: ['A'] },
        baseUnit: { oneOf: ['x'] },
        unitPrice: { atLeast: '1' },
        createdAt: { lessThan: at },
      },
    },
    'products.get': { id },
    'products.values': { field: 'baseUnit', contains: 'x', limit: 1 },
    'products.findByCode': { code: 'x' },
    'products.resolveScan': { scan: 'x' },
    'locations.list': { ...searched, kind: 'bin', parentId: id },
    'locations.get': { id },
    'partners.list': { ...searched, kind: 'customer' },
    'partners.get': { id },
    'partners.values': { field: 'country', contains: 'x', limit: 1 },
    'lots.list': { ...searched, productId: id, status: 'hold', expiresUntil: '2026-01-01' },
    'lots.get': { id },
    'lots.trace': { ...list, id },
    'movements.list': {
      ...list,
      productId: id,
      lotId: id,
      locationId: id,
      commandId: id,
      partnerId: id,
      actorId: id,
      reference: 'x',
      type: 'incoming',
      occurredFrom: at,
      occurredBefore: at,
    },
    'movements.get': { id: 1 },
    'reservations.hold': {
      ...writes.reservations.hold,
      lotId: id,
      packagingId: id,
      partnerId: id,
      expiresAt: new Date(Date.now() + 3_600_000),
      reference: 'x',
      note: 'x',
    },
    'reservations.holdOrder': {
      commandId: writes.reservations.holdOrder.commandId,
      lines: [{ ...writes.reservations.holdOrder.lines[0]!, lotId: id }],
      partnerId: id,
      expiresAt: new Date(Date.now() + 3_600_000),
      reference: 'x',
      note: 'x',
    },
    'reservations.list': {
      ...list,
      productId: id,
      locationId: id,
      lotId: id,
      partnerId: id,
      reference: 'x',
      status: 'held',
    },
    'reservations.get': { id },
    'checks.open': {
      title: 'x',
      scope: { locationIds: [id], categoryIds: [id], productIds: [id], abcClasses: ['A'] },
      acceptPercent: '1',
      acceptValue: '1',
      recountPercent: '1',
    },
    'checks.count': { ...writes.checks.count, countedAt: at },
    'checks.addLine': { ...writes.checks.addLine, lotId: id },
    'checks.recount': { ...writes.checks.recount, remark: 'x' },
    'checks.approve': { ...writes.checks.approve, remark: 'x' },
    'checks.list': { ...searched, status: 'open' },
    'checks.get': { id },
    'checks.lines': {
      ...list,
      checkId: writes.checks.cancel.id,
      status: 'counted',
      productId: id,
      locationId: id,
    },
    'checks.report': { id: writes.checks.approve.id },
    'stock.explain': { productId: id, locationId: id, lotId: id },
    'stock.suggestPick': {
      productId: id,
      locationId: id,
      quantity: '1',
      packagingId: id,
      partnerId: id,
      reservationId: id,
      on: '2026-01-01',
    },
    'stock.levels': { ...searched, productId: id, locationId: id, lotId: id, categoryId: id },
    'stock.history': { cursor: 'x', productId: id, locationId: id, lotId: id },
    'stock.asOf': {
      ...list,
      productId: id,
      locationId: id,
      lotId: id,
      categoryId: id,
      at,
      knownAt: at,
    },
    'stock.changes': { productId: id, locationId: id, lastEventId: '0' },
    'jobs.list': {},
    'audit.follow': {
      after: { position: 1, hash: '0'.repeat(64) },
      entities: ['product'],
      limit: 1,
    },
    'migrations.list': {},
    'stock.verify': {},
    'reports.lowStock': { ...list, locationId: id, categoryId: id, supplierId: id },
    'reports.movementSummary': {
      ...list,
      from: at,
      before: at,
      locationId: id,
      categoryId: id,
      productId: id,
      by: 'day',
      timeZone: 'UTC',
    },
    'reports.stockByCategory': { ...list, locationId: id, parentId: id },
    'reports.slowMovers': { ...list, locationId: id, categoryId: id },
    'reports.abc': {
      ...list,
      from: at,
      before: at,
      locationId: id,
      categoryId: id,
      measure: 'value',
    },
    'reports.expiringLots': { ...list, locationId: id, categoryId: id, until: '2026-01-01' },
    'stock.closing': {},
    'attachments.list': { ...list, entity: 'product', entityId: id },
    'attachments.content': { id },
  }
}

type Path = readonly (string | number)[]

function* leaves(value: unknown, path: Path = []): Generator<{ path: Path; value: string | Date }> {
  if (typeof value === 'string' || value instanceof Date) yield { path, value }
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* leaves(item, [...path, index])
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) yield* leaves(item, [...path, key])
  }
}

/** The input with one leaf replaced. What the contract may leave out and is nonsense here is left out. */
function withLeaf(input: object, [head, ...rest]: Path, leaf: unknown): object {
  const copy = structuredClone(input) as Record<string | number, unknown>
  for (const optional of ['cursor', 'sort', 'email', 'categoryId', 'supplierId', 'partnerId']) {
    if (optional !== head) delete copy[optional]
  }
  if (head === undefined) return copy
  let inner = copy
  let key = head
  for (const next of rest) {
    inner = inner[key] as Record<string | number, unknown>
    key = next
  }
  inner[key] = leaf
  return copy
}

const procedures = Object.entries(contract).flatMap(([feature, members]) =>
  Object.entries(members as Record<string, ProcedureContract>).map(([name, { kind }]) => ({
    path: `${feature}.${name}`,
    method: kind === 'mutation' ? 'POST' : 'GET',
  })),
)

test('no text and no date, in any field of any procedure, makes the server fail or tell of its inside', async () => {
  const inputs = await fullInputs()
  const calls = procedures.flatMap(({ path, method }) => {
    const input = inputs[path]
    if (!input) throw new Error(`${path} has no input in this test`)
    return [...leaves(input)].flatMap((leaf) =>
      (leaf.value instanceof Date ? moments : payloads).map((payload) => ({
        path,
        method,
        field: leaf.path.join('.'),
        payload,
        input: withLeaf(input, leaf.path, payload),
      })),
    )
  })
  const faults: object[] = []
  const statuses = new Map<number, number>()
  const work = calls.values()
  const worker = async () => {
    for (const { input, path, method, ...what } of work) {
      const { status, text } = await rawCall(server.url, path, { method, token, input })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (status >= 500 || tellsInternals.test(text)) faults.push({ path, ...what, status, text })
    }
  }
  await Promise.all([worker(), worker(), worker(), worker()])
  expect(faults).toEqual([])
  // It went through to the rules and to the database, and was not all refused at the door.
  expect(calls.length).toBeGreaterThan(3000)
  expect(statuses.get(200)).toBeGreaterThan(300)
  expect(statuses.get(400)).toBeGreaterThan(1000)
  expect(statuses.get(409)).toBeGreaterThan(10)
}, 300_000)

test('and afterwards all is in its place', async () => {
  const { items } = await server.admin.users.list.query({ search: 'anton' })
  expect(items).toHaveLength(1)
  expect(await server.admin.stock.verify.query()).toMatchObject({ ok: true, faults: [] })
})
