import { randomUUID } from 'node:crypto'
import {
  contract,
  fieldAccess,
  type ProcedureContract,
  type Restrictions,
  restrictionsOf,
} from '@stockbook/client/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { descriptions } from '../../src/http/rest/descriptions.ts'
import { objectPaths } from '../../src/http/rest/objectPaths.ts'
import { permittedInput } from '../../src/restrictedCall.ts'
import { procedures } from '../../src/testing/procedures.ts'
import { type RawCall, rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { restCall } from '../../src/testing/restCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'

/*
 * A house whose goods cost a figure like no other. Whatever an operator calls, in whichever way, neither
 * that figure nor a multiple of it comes out; an administrator is told it wherever the map says so.
 */

const unitCost = '7310.0007'

let server: TestServer
let productId: string
let tokens: { operator: string; admin: string }
let apiKey: string
/** For each procedure that an operator may call and that could tell of goods: an input, made anew. */
let inputs: Record<string, () => object>

const contractOf = (path: string): ProcedureContract => {
  const [feature = '', name = ''] = path.split('.')
  return (contract as unknown as Record<string, Record<string, ProcedureContract>>)[feature]![name]!
}

const operators = procedures.filter(({ access }) => access === 'operator')

const restricted = operators.flatMap((one) => {
  const restrictions = restrictionsOf(one.path, contractOf(one.path), 'operator')
  return restrictions ? [{ ...one, restrictions }] : []
})

beforeAll(async () => {
  server = await startTestServer()
  const { admin, operator, url } = server
  const [bin, otherBin] = await makeBins(admin, 2)
  const { id: categoryId } = await admin.categories.create.mutate({ name: 'dear' })
  const product = await admin.products.create.mutate({
    sku: 'DEAR-1',
    name: 'Dear',
    baseUnit: 'piece',
    categoryId,
    tracking: 'lot',
    reorderPoint: 100,
    unitCost,
  })
  productId = product.id
  const lot = await operator.lots.create.mutate({
    productId,
    code: 'L-1',
    expiresOn: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10),
  })
  const goods = { productId, lotId: lot.id }
  const { movements } = await operator.movements.post.mutate({
    lines: [{ type: 'incoming', ...goods, toLocationId: bin, quantity: 9 }],
  })
  await operator.movements.post.mutate({
    lines: [{ type: 'outgoing', ...goods, fromLocationId: bin, quantity: 2 }],
  })
  // Of these nothing went out.
  const slow = await makeProduct(admin, { categoryId, unitCost })
  await receive(operator, slow.id, otherBin, 3)
  const reservation = await operator.reservations.hold.mutate({
    ...goods,
    locationId: bin,
    quantity: 1,
  })
  const check = await admin.checks.open.mutate({ title: 'seen', scope: {}, isBlind: false })
  const { items: lines } = await operator.checks.lines.query({ checkId: check.id })
  for (const line of lines) await operator.checks.count.mutate({ lineId: line.id, quantity: 1 })
  const line = lines.find((one) => one.productId === productId)!

  tokens = {
    operator: await signInFor(url, 'olga', testPassword),
    admin: await signInFor(url, 'anton', testPassword),
  }
  apiKey = (await admin.apiKeys.create.mutate({ name: 'scanner', role: 'operator' })).key
  const period = { from: new Date(0), before: new Date(Date.now() + 86_400_000) }
  inputs = {
    'products.list': () => ({}),
    'products.get': () => ({ id: productId }),
    'products.values': () => ({ field: 'baseUnit' }),
    'products.findByCode': () => ({ code: 'DEAR-1' }),
    'products.resolveScan': () => ({ scan: 'DEAR-1' }),
    'categories.list': () => ({}),
    'categories.get': () => ({ id: categoryId }),
    'lots.list': () => ({}),
    'lots.get': () => ({ id: lot.id }),
    'lots.trace': () => ({ id: lot.id }),
    'movements.list': () => ({}),
    'movements.get': () => ({ id: movements[0]!.id }),
    'stock.levels': () => ({}),
    'stock.history': () => ({ productId }),
    'stock.asOf': () => ({ at: new Date() }),
    'stock.changes': () => ({ after: 0 }),
    'stock.explain': () => ({ productId }),
    'stock.suggestPick': () => ({ productId, quantity: 1 }),
    'reservations.list': () => ({}),
    'reservations.get': () => ({ id: reservation.reservation.id }),
    'checks.list': () => ({}),
    'checks.get': () => ({ id: check.id }),
    'checks.lines': () => ({ checkId: check.id }),
    'checks.count': () => ({ commandId: randomUUID(), lineId: line.id, quantity: 1 }),
    'checks.addLine': () => ({ checkId: check.id, locationId: bin, ...goods }),
    'reports.lowStock': () => ({}),
    'reports.movementSummary': () => ({ ...period, by: 'month' }),
    'reports.stockByCategory': () => ({}),
    'reports.slowMovers': () => ({ days: 1 }),
    'reports.abc': () => period,
    'reports.expiringLots': () => ({}),
  }
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

/** Whether a text says what the goods cost, or what any number of them does. */
function tellsCost(text: string): boolean {
  const cost = tenThousandths(unitCost)
  return (text.match(/\d+\.\d+|\d{4,}/g) ?? [])
    .map(tenThousandths)
    .some((figure) => figure !== 0n && figure % cost === 0n)
}

function tenThousandths(decimal: string): bigint {
  const [whole = '', places = ''] = decimal.split('.')
  return BigInt(whole + places.slice(0, 4).padEnd(4, '0'))
}

/** The names of all fields in an answer. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || value instanceof Date) return []
  return Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)])
}

type Way = { name: string; call: Pick<RawCall, 'token' | 'headers'>; authorization: string }

const ways = (): Way[] => [
  { name: 'session', call: { token: tokens.operator }, authorization: `Bearer ${tokens.operator}` },
  {
    name: 'API key',
    call: { headers: { authorization: `ApiKey ${apiKey}` } },
    authorization: `ApiKey ${apiKey}`,
  },
]

const methodOf = (kind: ProcedureContract['kind']) => (kind === 'mutation' ? 'POST' : 'GET')

/** The fields that an operator is not told, of those that the answer of an administrator has. */
const hiddenOutputsOf = ({ hidden }: Restrictions, procedure: string) =>
  [...hidden].filter((name) =>
    Object.keys(descriptions).some(
      (path) => path.startsWith(`${procedure}.output`) && path.endsWith(`.${name}`),
    ),
  )

describe('the map of fields', () => {
  test('names features and procedures that there are, and fields that an answer has', () => {
    const paths = procedures.flatMap(({ path, feature }) => [path, feature])
    for (const [name, { row, fields }] of Object.entries(fieldAccess)) {
      expect(paths).toContain(name)
      for (const [field, rule] of Object.entries(fields)) {
        expect(Object.keys(row.shape), `${name}.${field}`).toContain(field)
        const only = { [name]: { row, fields: { [field]: rule } } }
        const touched = procedures.filter(({ path }) =>
          restrictionsOf(path, contractOf(path), 'operator', only),
        )
        expect(touched, `something that ${name}.${field} is kept from`).not.toEqual([])
      }
    }
  })

  test('is told where the fields are described', () => {
    const paths = objectPaths()
    for (const { row, fields } of Object.values(fieldAccess)) {
      for (const [field, { read }] of Object.entries(fields)) {
        if (read !== 'admin') continue
        const described = descriptions[[...paths.get(row)!, field].join('.')]
        expect(described).toContain('Absent for operators.')
      }
    }
    const told = Object.values(descriptions).filter((text) => text.includes('Absent for operators'))
    const hidden = Object.values(fieldAccess).flatMap(({ fields }) => Object.keys(fields))
    expect(told).toHaveLength(hidden.length)
  })

  test('keeps nothing from administrators', () => {
    for (const { path } of procedures) {
      expect(restrictionsOf(path, contractOf(path), 'admin')).toBeNull()
    }
  })
})

describe.each(restricted)('$path', ({ path, kind, restrictions }) => {
  const method = methodOf(kind)
  const ask = (input: object, way: Way) => rawCall(server.url, path, { method, input, ...way.call })

  test('gives an operator its answer without the fields that are for administrators', async () => {
    expect(inputs[path], 'an input for each procedure').toBeDefined()
    for (const way of ways()) {
      const answer = await ask(inputs[path]!(), way)
      expect({ ...way, status: answer.status, text: answer.text }).toMatchObject({ status: 200 })
      expect(namesIn(answer.result).filter((name) => restrictions.hidden.has(name))).toEqual([])
      expect(tellsCost(answer.text), `${way.name}: ${answer.text}`).toBe(false)
    }
  })

  test('gives it so by REST, too', async () => {
    for (const { authorization } of ways()) {
      const input = inputs[path]!()
      const { status, json } = await restCall(server.url, path, { method, authorization, input })
      expect({ status, json }).toMatchObject({ status: 200 })
      expect(namesIn(json).filter((name) => restrictions.hidden.has(name))).toEqual([])
      expect(tellsCost(JSON.stringify(json))).toBe(false)
    }
  })

  test('gives an administrator all of them', async () => {
    const fields = hiddenOutputsOf(restrictions, path)
    const call = { method, token: tokens.admin, input: inputs[path]!() }
    const { result, text } = await rawCall(server.url, path, call)
    expect(namesIn(result)).toEqual(expect.arrayContaining(fields))
    expect(tellsCost(text)).toBe(contractOf(path).output !== restrictions.output)
  })

  test.each([...restrictions.notNarrowed])('refuses to narrow by %s', async (field) => {
    for (const condition of [{ equals: '1' }, { equals: 1 }, { isNull: true }]) {
      const input = { ...inputs[path]!(), where: { [field]: condition } }
      if (!contractOf(path).input.safeParse(input).success) continue
      for (const way of ways()) {
        const { status, failure } = await ask(input, way)
        expect(status).toBe(403)
        expect(failure).toMatchObject({
          code: 'FIELD_FORBIDDEN',
          detail: { field, path: ['where', field] },
        })
        const { authorization } = way
        const rest = await restCall(server.url, path, { method, authorization, input })
        expect(rest.status).toBe(403)
        expect(rest.json).toMatchObject({ code: 'FIELD_FORBIDDEN', facts: { field } })
      }
      const asAdmin = await rawCall(server.url, path, { method, token: tokens.admin, input })
      expect(asAdmin.status).toBe(200)
    }
    expect.hasAssertions()
  })

  const choices = [...restrictions.choices].map(([name, left]) => ({ name, left }))
  test.each(choices)('refuses a $name that is kept back', async ({ name, left }) => {
    const hidden = [...restrictions.hidden].filter(
      (choice) => contractOf(path).input.safeParse({ ...inputs[path]!(), [name]: choice }).success,
    )
    expect(hidden).not.toEqual([])
    for (const way of ways()) {
      for (const choice of hidden) {
        const { status, failure } = await ask({ ...inputs[path]!(), [name]: choice }, way)
        expect(status).toBe(403)
        expect(failure).toMatchObject({
          code: 'FIELD_FORBIDDEN',
          detail: { field: choice, path: [name] },
        })
      }
      for (const choice of left) {
        const { status, text } = await ask({ ...inputs[path]!(), [name]: choice }, way)
        expect({ choice, status, text }).toMatchObject({ status: 200 })
      }
      // What is not asked for is never refused: another order, or another measure, takes its place.
      const byDefault = await ask(inputs[path]!(), way)
      const first = await ask({ ...inputs[path]!(), [name]: left[0] }, way)
      expect(byDefault.result).toEqual(first.result)
    }
  })
})

/** They tell of people, places, partners and files, and of no goods. */
const ofNoGoods = [
  'attachments.content',
  'attachments.list',
  'auth.me',
  'locations.get',
  'locations.list',
  'partners.get',
  'partners.list',
  'partners.values',
  'secondFactor.status',
  'sessions.list',
  'stock.closing',
]

test('no other procedure tells an operator what goods cost', async () => {
  const reads = operators.filter(({ kind }) => kind !== 'mutation').map(({ path }) => path)
  expect(reads.filter((path) => !(path in inputs)).sort()).toEqual(ofNoGoods)
  for (const { path, kind } of operators.filter((one) => one.path in inputs)) {
    const { status, text } = await rawCall(server.url, path, {
      method: methodOf(kind),
      token: tokens.operator,
      input: inputs[path]!(),
    })
    expect({ path, status, text }).toMatchObject({ status: 200 })
    expect(tellsCost(text), path).toBe(false)
  }
})

describe('a report as a file', () => {
  const reports = restricted.filter(({ feature }) => feature === 'reports')
  const fileOf = async (name: string, authorization: string, input: object) => {
    const url = new URL(`/reports/${name}.csv`, server.url)
    url.searchParams.set('input', JSON.stringify(input))
    const answer = await fetch(url, { headers: { authorization } })
    return { status: answer.status, text: await answer.text() }
  }
  const columnsIn = (text: string) => text.split('\r\n')[0]!.split(',')

  test.each(reports)(
    '$name.csv lacks the columns that an operator may not read',
    async (report) => {
      const { name, path, restrictions } = report
      const hidden = hiddenOutputsOf(restrictions, path)
      for (const { authorization } of ways()) {
        const { status, text } = await fileOf(name, authorization, inputs[path]!())
        expect(status).toBe(200)
        expect(text.trimEnd().split('\r\n').length).toBeGreaterThan(1)
        expect(columnsIn(text).filter((column) => hidden.includes(column))).toEqual([])
        expect(tellsCost(text), text).toBe(false)
      }
      const whole = await fileOf(name, `Bearer ${tokens.admin}`, inputs[path]!())
      expect(columnsIn(whole.text)).toEqual(expect.arrayContaining(hidden))
      expect(tellsCost(whole.text)).toBe(true)
    },
  )

  test.each(reports)('$name.csv is refused when it is asked for by one of them', async (report) => {
    const { name, path, restrictions } = report
    const asked = [
      ...[...restrictions.notNarrowed].map((field) => ({ where: { [field]: { isNull: false } } })),
      ...[...restrictions.notNarrowed].map((field) => ({ where: { [field]: { equals: '1' } } })),
      ...[...restrictions.choices.keys()].flatMap((choice) =>
        [...restrictions.hidden].map((field) => ({ [choice]: field })),
      ),
    ].filter((part) => contractOf(path).input.safeParse({ ...inputs[path]!(), ...part }).success)
    expect(asked).not.toEqual([])
    for (const part of asked) {
      const input = { ...inputs[path]!(), ...part }
      const { status, text } = await fileOf(name, `Bearer ${tokens.operator}`, input)
      expect(status).toBe(403)
      const { error } = JSON.parse(text)
      expect(error).toMatchObject({ code: 'FIELD_FORBIDDEN' })
      expect(error.message).toBe(
        `${error.detail.field}: Only an administrator may ask for this field, or give it.`,
      )
    }
  })
})

test('who reads the same row at the same moment is told what their own role may read', async () => {
  const { admin, operator } = server
  const [told, kept, again] = await Promise.all([
    admin.products.get.query({ id: productId }),
    operator.products.get.query({ id: productId }),
    admin.products.get.query({ id: productId }),
  ])
  expect(told.unitCost).toBe(unitCost)
  expect(Object.keys(kept)).not.toContain('unitCost')
  expect(again).toEqual(told)
  expect({ ...told, unitCost: undefined }).toEqual({ ...kept, unitCost: undefined })
})

test('products are neither ordered by the cost nor looked through for its values', async () => {
  for (const [path, input] of [
    ['products.list', { sort: 'unitCost' }],
    ['products.values', { field: 'unitCost' }],
  ] as const) {
    const { status, text } = await rawCall(server.url, path, { token: tokens.operator, input })
    expect(status).toBe(400)
    expect(tellsCost(text)).toBe(false)
  }
})

test('who may not write the field changes nothing, and learns nothing from the refusal', async () => {
  const before = await server.admin.products.get.query({ id: productId })
  for (const input of [
    { id: productId, unitCost: '1' },
    { id: productId, expectedVersion: before.version + 1, name: 'Other' },
  ]) {
    const { status, text } = await rawCall(server.url, 'products.update', {
      method: 'POST',
      token: tokens.operator,
      input,
    })
    expect(status).toBe(403)
    expect(tellsCost(text)).toBe(false)
  }
  expect(await server.admin.products.get.query({ id: productId })).toEqual(before)
})

test('the client says which field of which call it was', async () => {
  const asked = server.operator.products.list.query({ where: { unitCost: { atLeast: '1' } } })
  await expect(asked).rejects.toMatchObject({
    code: 'FIELD_FORBIDDEN',
    path: 'products.list',
    detail: { field: 'unitCost', path: ['where', 'unitCost'] },
    message: 'unitCost: Only an administrator may ask for this field, or give it.',
  })
})

describe('a field that operators may read and not write', () => {
  const { list, create, update } = contract.partners
  const row = list.output.shape.items.element
  const map = { partners: { row, fields: { minimumShelfLifeDays: { write: 'admin' } } } } as const
  const permitted = (procedure: ProcedureContract, name: string, given: object) => {
    const restrictions = restrictionsOf(`partners.${name}`, procedure, 'operator', map)
    return restrictions && permittedInput(restrictions, given, procedure.input.parse(given))
  }
  const made = { kind: 'supplier', code: 'S', name: 'Supplier' }

  test('is refused in a change and in a new row', () => {
    for (const call of [
      () => permitted(create, 'create', { ...made, minimumShelfLifeDays: 1 }),
      () => permitted(update, 'update', { id: randomUUID(), minimumShelfLifeDays: 1 }),
      () => permitted(update, 'update', { id: randomUUID(), minimumShelfLifeDays: null }),
    ]) {
      expect(call).toThrow(
        expect.objectContaining({
          code: 'FIELD_FORBIDDEN',
          detail: { field: 'minimumShelfLifeDays', path: ['minimumShelfLifeDays'] },
        }),
      )
    }
  })

  test('is no hindrance to a change of anything else, nor to a new row that leaves it out', () => {
    expect(permitted(create, 'create', made)).toMatchObject({
      code: 'S',
      minimumShelfLifeDays: null,
    })
    expect(permitted(update, 'update', { id: randomUUID(), name: 'Other' })).toMatchObject({
      name: 'Other',
    })
  })

  test('is told, and may be asked for', () => {
    expect(restrictionsOf('partners.list', list, 'operator', map)).toBeNull()
  })
})
