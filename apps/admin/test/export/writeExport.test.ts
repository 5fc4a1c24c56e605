import { readSheet } from 'read-excel-file/node'
import { expect, test } from 'vitest'
import type { ExportColumn } from '../../src/export/columns.ts'
import type { SaveTarget } from '../../src/export/save.ts'
import { type ExportFormat, writeExport } from '../../src/export/writeExport.ts'

type Row = {
  sku: string
  name: string | null
  change: number
  price: string | null
  expires: string | null
  at: Date
  active: boolean
}

const columns: ExportColumn<Row>[] = [
  { key: 'sku', label: 'SKU', kind: 'text', valueOf: (row) => row.sku },
  { key: 'name', label: 'Название', kind: 'text', valueOf: (row) => row.name },
  { key: 'change', label: 'Change', kind: 'integer', valueOf: (row) => row.change },
  { key: 'price', label: 'Price', kind: 'decimal', valueOf: (row) => row.price },
  { key: 'expires', label: 'Expires', kind: 'day', valueOf: (row) => row.expires },
  { key: 'at', label: 'At', kind: 'moment', valueOf: (row) => row.at },
  { key: 'active', label: 'Active', kind: 'boolean', valueOf: (row) => row.active },
]

const at = new Date('2026-03-01T10:00:00.000Z')
const first: Row = {
  sku: '0012',
  name: '=1+1',
  change: -5,
  price: '12.50',
  expires: '2026-12-31',
  at,
  active: true,
}
const second: Row = {
  sku: '-7',
  name: 'Болт "М8"; длинный, стальной\nв две строки',
  change: 0,
  price: '1234567890123.4567',
  expires: null,
  at,
  active: false,
}
const third: Row = { ...first, sku: '+7 900', name: null, price: null, change: 12 }

async function* inTwoBatches() {
  yield [first, second]
  yield [third]
}

function memoryTarget() {
  const parts: (string | Blob)[] = []
  const state = { finished: false, abandoned: false }
  const target: SaveTarget = {
    write: async (part) => {
      parts.push(part)
    },
    finish: async () => {
      state.finished = true
    },
    abandon: async () => {
      state.abandoned = true
    },
  }
  return { target, parts, state }
}

async function exported(format: ExportFormat) {
  const { target, parts, state } = memoryTarget()
  await writeExport({ format, title: 'Products', columns, batches: inTwoBatches(), target })
  expect(state).toEqual({ finished: true, abandoned: false })
  return { parts, text: () => new Blob(parts).text() }
}

test('CSV guards text against formulas and leaves negative numbers numbers', async () => {
  const { parts } = await exported('csv')
  expect(parts.join('')).toBe(
    [
      '\u{feff}SKU,Название,Change,Price,Expires,At,Active',
      "0012,'=1+1,-5,12.50,2026-12-31,2026-03-01T10:00:00.000Z,true",
      `'-7,"Болт ""М8""; длинный, стальной\nв две строки",0,1234567890123.4567,,2026-03-01T10:00:00.000Z,false`,
      "'+7 900,,12,,2026-12-31,2026-03-01T10:00:00.000Z,true",
      '',
    ].join('\r\n'),
  )
})

test('CSV for Excel in Russian has semicolons and decimal commas', async () => {
  const { parts } = await exported('csv-semicolon')
  expect(parts.join('').split('\r\n')[1]).toBe(
    "0012;'=1+1;-5;12,50;2026-12-31;2026-03-01T10:00:00.000Z;true",
  )
})

test('CSV and JSON are written batch by batch, not all at once', async () => {
  expect((await exported('csv')).parts).toHaveLength(3)
  expect((await exported('json')).parts).toHaveLength(4)
})

test('JSON holds the values as they are, unguarded, under their keys', async () => {
  const { text } = await exported('json')
  expect(JSON.parse(await text())).toEqual(
    [first, second, third].map((row) => ({ ...row, at: row.at.toISOString() })),
  )
})

test('JSON of no rows is an empty array', async () => {
  const { target, parts } = memoryTarget()
  const none = (async function* (): AsyncGenerator<Row[]> {})()
  await writeExport({ format: 'json', title: 'Products', columns, batches: none, target })
  expect(JSON.parse(parts.join(''))).toEqual([])
})

test('XLSX keeps numbers as numbers, days as dates, codes and long decimals as text', async () => {
  const { parts } = await exported('xlsx')
  const sheet = await readSheet(Buffer.from(await (parts[0] as Blob).arrayBuffer()))
  expect(sheet[0]).toEqual(['SKU', 'Название', 'Change', 'Price', 'Expires', 'At', 'Active'])
  expect(sheet[1]?.slice(0, 5)).toEqual(['0012', "'=1+1", -5, 12.5, new Date('2026-12-31')])
  expect(sheet[2]?.slice(0, 5)).toEqual(["'-7", second.name, 0, '1234567890123.4567', null])
  expect(sheet[3]?.slice(0, 4)).toEqual(["'+7 900", null, 12, null])
  expect(sheet[1]?.[6]).toBe(true)
})

test('an export that fails half-way leaves no file', async () => {
  const { target, state } = memoryTarget()
  async function* broken(): AsyncGenerator<Row[]> {
    yield [first]
    throw new Error('The connection was lost.')
  }
  await expect(
    writeExport({ format: 'csv', title: 'Products', columns, batches: broken(), target }),
  ).rejects.toThrow('The connection was lost.')
  expect(state).toEqual({ finished: false, abandoned: true })
})
