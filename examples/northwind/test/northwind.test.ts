import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readNorthwind } from '../src/northwind.ts'
import { stableId } from '../src/stableId.ts'
import { readTable } from '../src/table.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'northwind-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true })
})

async function tableOf(text: string): Promise<URL> {
  const file = join(folder, 'table.csv')
  await writeFile(file, text)
  return pathToFileURL(file)
}

test('every product, supplier, customer and shipped order of the files is read', async () => {
  const { products, suppliers, customers, shipped } = await readNorthwind(
    new URL('../data/', import.meta.url),
  )
  const lines = shipped.flatMap((order) => order.lines)
  expect({
    products: products.length,
    suppliers: suppliers.length,
    customers: customers.length,
    orders: shipped.length,
    lines: lines.length,
    unitsShipped: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    unitsInStock: products.reduce((sum, { unitsInStock }) => sum + unitsInStock, 0),
  }).toEqual({
    products: 77,
    suppliers: 29,
    customers: 89,
    orders: 809,
    lines: 2082,
    unitsShipped: 50_119,
    unitsInStock: 3_119,
  })
  const known = new Set(products.map(({ number }) => number))
  expect(lines.filter(({ product }) => !known.has(product))).toEqual([])
  expect(shipped.filter((order) => order.lines.length === 0)).toEqual([])
})

test('a comma inside a name does not move the fields behind it', async () => {
  const { suppliers } = await readNorthwind(new URL('../data/', import.meta.url))
  expect(suppliers.find(({ number }) => number === 7)).toMatchObject({
    name: 'Pavlova, Ltd.',
    contactName: 'Ian Devling',
    country: 'Australia',
    phone: '(03) 444-2343',
  })
})

test('a line with a field too few is refused with its place', async () => {
  const file = await tableOf('a,b\n1,2\n3\n')
  await expect(readTable(file, ['a', 'b'])).rejects.toThrow(/table\.csv:3: 1 fields instead of 2/)
})

test('a table without a heading that is needed is refused with its name', async () => {
  const file = await tableOf('a,b\n1,2\n')
  await expect(readTable(file, ['a', 'c'])).rejects.toThrow(/no column c/)
})

test('an id is a UUID, equal for equal names and different for others', () => {
  const ids = Array.from({ length: 1000 }, (_, number) => stableId(`order ${number}`))
  expect(new Set(ids).size).toBe(1000)
  expect(stableId('order 5')).toBe(ids[5])
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  }
})
