import type { ApiInputs } from '@stockbook/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { newCode } from './features.ts'

type Create = ApiInputs['products']['create']

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const create = (parts: Partial<Create> = {}) =>
  server.admin.products.create.mutate({ sku: newCode(), name: 'P', baseUnit: 'piece', ...parts })
const update = (input: ApiInputs['products']['update']) =>
  server.admin.products.update.mutate(input)
const get = (id: string) => server.admin.products.get.query({ id })
const find = (code: string) => server.admin.products.findByCode.query({ code })
const notFound = { code: 'NOT_FOUND' }

let serial = 0

/** A GTIN of this length that no other test has, with its check digit. */
function newGtin(length: 8 | 12 | 13 | 14): string {
  serial += 1
  // Leads with no zero, so that it is not another length's spelling.
  const digits = `1${String(serial).padStart(length - 2, '0')}`
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

describe('packagings', () => {
  const factors = async (id: string) =>
    (await get(id)).packagings.map(({ name, factor, archivedAt }) => [name, factor, !archivedAt])

  test('are what was given last: one left out is archived, one named again comes back as itself', async () => {
    const { id, packagings } = await create({
      packagings: [
        { name: 'inner', factor: 12 },
        { name: 'case', factor: 144 },
      ],
    })
    const innerId = packagings.find(({ name }) => name === 'inner')?.id
    await update({ id, packagings: [{ name: 'case', factor: 144 }] })
    expect(await factors(id)).toEqual([
      ['inner', 12, false],
      ['case', 144, true],
    ])
    const revived = await update({
      id,
      packagings: [
        { name: 'inner', factor: 10 },
        { name: 'case', factor: 144 },
      ],
    })
    expect(revived.packagings).toMatchObject([
      { id: innerId, name: 'inner', factor: 10, archivedAt: null },
      { name: 'case', factor: 144, archivedAt: null },
    ])
    await update({ id, packagings: [] })
    expect((await factors(id)).map(([, , inUse]) => inUse)).toEqual([false, false])
  })

  test('stay when an update does not speak of them', async () => {
    const { id, packagings, codes } = await create({
      packagings: [{ name: 'case', factor: 6 }],
      codes: [{ type: 'own', code: newCode(), packaging: 'case' }],
    })
    expect(await update({ id, name: 'New name' })).toMatchObject({ packagings, codes })
  })

  test('of another product are left alone', async () => {
    const packagings = [{ name: 'case', factor: 6 }]
    const [one, other] = [await create({ packagings }), await create({ packagings })]
    await update({ id: one.id, packagings: [] })
    expect(await get(other.id)).toEqual(other)
  })

  test('of one name twice are refused, and the product is not made', async () => {
    const sku = newCode()
    const twice = [
      { name: 'case', factor: 6 },
      { name: 'CASE', factor: 12 },
    ]
    await expect(create({ sku, packagings: twice })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      detail: { issues: [{ path: ['packagings'] }] },
    })
    await expect(find(sku)).rejects.toMatchObject(notFound)
  })

  test.each([1, 0, -6, 1.5, 1_000_000_001])('of %s base units are refused', async (factor) => {
    await expect(create({ packagings: [{ name: 'case', factor }] })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  })

  test('may change without a movement of the past changing', async () => {
    const { id, packagings } = await create({ packagings: [{ name: 'case', factor: 6 }] })
    const warehouse = await server.admin.locations.create.mutate({
      kind: 'warehouse',
      code: newCode(),
      name: 'W',
    })
    const bin = await server.admin.locations.create.mutate({
      kind: 'bin',
      code: newCode(),
      name: 'B',
      parentId: warehouse.id,
    })
    const line = {
      type: 'incoming' as const,
      productId: id,
      toLocationId: bin.id,
      quantity: 2,
      packagingId: packagings[0]?.id ?? null,
    }
    await server.operator.movements.post.mutate({ lines: [line] })
    await update({ id, packagings: [{ name: 'case', factor: 10 }] })
    await server.operator.movements.post.mutate({ lines: [line] })
    const { items } = await server.operator.movements.list.query({ productId: id })
    expect(items.map(({ quantity }) => quantity)).toEqual([20, 12])
    expect(items.map(({ packagingQuantity }) => packagingQuantity)).toEqual(['2', '2'])
  })
})

describe('codes', () => {
  test.each([
    ['EAN-8', 8],
    ['UPC-A', 12],
    ['EAN-13', 13],
    ['GTIN-14', 14],
  ] as const)(
    'of %s find their product in every longer spelling, and keep their own',
    async (_name, length) => {
      const code = newGtin(length)
      const { id } = await create({ codes: [{ type: 'gtin', code }] })
      for (const spelling of [8, 12, 13, 14].filter((it) => it >= length)) {
        const found = await find(code.padStart(spelling, '0'))
        expect({ spelling, id: found.product.id }).toEqual({ spelling, id })
        expect(found.packaging).toBeNull()
        expect(found.product.codes).toMatchObject([{ type: 'gtin', code }])
      }
    },
  )

  test('of one number in two spellings are one code', async () => {
    const upc = newGtin(12)
    await create({ codes: [{ type: 'gtin', code: upc }] })
    await expect(create({ codes: [{ type: 'gtin', code: `0${upc}` }] })).rejects.toMatchObject({
      code: 'ALREADY_EXISTS',
      detail: { entity: 'product', field: 'codes', value: `00${upc}` },
    })
  })

  test.each(['4006381333932', '12345678', '123456', 'ABCDEFGH', '123456789012345'])(
    '%s is no GTIN',
    async (code) => {
      await expect(create({ codes: [{ type: 'gtin', code }] })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        detail: { issues: [{ path: ['codes', 0, 'code'] }] },
      })
    },
  )

  test.each(['4006381333931', '96385074', '036000291452', '10614141000415'])(
    '%s, as printed on real goods, is one',
    async (code) => {
      const { id } = await create({ codes: [{ type: 'gtin', code }] })
      expect((await find(code)).product.id).toBe(id)
    },
  )

  test('of our own may be anything without spaces, and are found only as they are', async () => {
    const own = `Own-${newCode()}/ä`
    const { id } = await create({ codes: [{ type: 'own', code: own }] })
    expect((await find(own)).product.id).toBe(id)
    expect((await find(` ${own} `)).product.id).toBe(id)
    await expect(find(own.toUpperCase())).rejects.toMatchObject(notFound)
    await expect(create({ codes: [{ type: 'own', code: 'two words' }] })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  })

  test('of a packaging find the product and that packaging', async () => {
    const [piece, carton] = [newGtin(13), newGtin(14)]
    const { id } = await create({
      packagings: [{ name: 'case', factor: 12 }],
      codes: [
        { type: 'gtin', code: piece },
        { type: 'gtin', code: carton, packaging: 'case' },
      ],
    })
    expect(await find(piece)).toMatchObject({ product: { id }, packaging: null })
    expect(await find(carton)).toMatchObject({
      product: { id },
      packaging: { name: 'case', factor: 12 },
    })
  })

  test('of a packaging that the product has not, or no more, are refused and nothing changes', async () => {
    const code = newCode()
    const product = await create({ packagings: [{ name: 'case', factor: 12 }] })
    const refusal = {
      code: 'REFERENCE_NOT_FOUND',
      detail: { entity: 'product', field: 'codes', value: 'pallet' },
    }
    const onPallet = [{ type: 'own' as const, code, packaging: 'pallet' }]
    await expect(create({ codes: onPallet })).rejects.toMatchObject(refusal)
    await expect(update({ id: product.id, name: 'N', codes: onPallet })).rejects.toMatchObject(
      refusal,
    )
    await expect(
      update({
        id: product.id,
        packagings: [],
        codes: [{ type: 'own', code, packaging: 'case' }],
      }),
    ).rejects.toMatchObject({ ...refusal, detail: { ...refusal.detail, value: 'case' } })
    expect(await get(product.id)).toEqual(product)
    await expect(find(code)).rejects.toMatchObject(notFound)
  })

  test('that are left out are forgotten, and free for another product', async () => {
    const code = newCode()
    const first = await create({ codes: [{ type: 'own', code }] })
    await expect(create({ codes: [{ type: 'own', code }] })).rejects.toMatchObject({
      code: 'ALREADY_EXISTS',
      detail: { field: 'codes', value: code },
    })
    await update({ id: first.id, codes: [] })
    await expect(find(code)).rejects.toMatchObject(notFound)
    const second = await create({ codes: [{ type: 'own', code }] })
    expect((await find(code)).product.id).toBe(second.id)
  })

  test('given twice for one product are refused', async () => {
    const code = newCode()
    const twice = [
      { type: 'own' as const, code },
      { type: 'own' as const, code },
    ]
    await expect(create({ codes: twice })).rejects.toMatchObject({
      code: 'ALREADY_EXISTS',
      detail: { field: 'codes', value: code },
    })
  })
})

describe('a SKU', () => {
  test('finds its product in any case', async () => {
    const { id, sku } = await create({ sku: `Mixed-${newCode()}-Ж` })
    for (const typed of [sku, sku.toUpperCase(), sku.toLowerCase()]) {
      expect((await find(typed)).product.id).toBe(id)
    }
  })

  test('gives way to a code of the same letters', async () => {
    const letters = newCode()
    await create({ sku: letters })
    const coded = await create({ codes: [{ type: 'own', code: letters }] })
    expect((await find(letters)).product.id).toBe(coded.id)
  })

  test('that nobody has is told with what was typed', async () => {
    const code = newCode()
    await expect(find(code)).rejects.toMatchObject({ ...notFound, detail: { code } })
  })
})

test('money keeps its places, and is refused as a float', async () => {
  const { id, unitPrice } = await create({ unitPrice: '1234567890.1234' })
  expect(unitPrice).toBe('1234567890.1234')
  expect((await update({ id, unitPrice: null })).unitPrice).toBeNull()
  for (const wrong of ['1,5', '-1', '1e3', '.5', '1.23456', 'NaN', '12345678901']) {
    await expect(create({ unitPrice: wrong })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  }
  await expect(create({ unitPrice: 1.5 as unknown as string })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
})
