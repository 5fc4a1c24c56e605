import writeExcelFile from 'write-excel-file/universal'
import { expect, test } from 'vitest'
import { workbook } from '../../src/export/workbook.ts'
import { readTable } from '../../src/import/readTable.ts'
import { decimalText } from '../../src/import/readWorkbook.ts'

const read = (...parts: BlobPart[]) => readTable(new Blob(parts))

const simple = {
  headings: ['SKU', 'Name'],
  rows: [{ number: 2, cells: ['0012', 'Bolt'] }],
}

test.each([
  ['comma', 'SKU,Name\r\n0012,Bolt\r\n'],
  ['semicolon', 'SKU;Name\n0012;Bolt'],
  ['tab', 'SKU\tName\n0012\tBolt\n'],
  ['comma with a mark of UTF-8', '\u{feff}SKU,Name\n0012,Bolt'],
])('CSV separated by %s is read, and a SKU keeps its zeros', async (_, text) => {
  expect(await read(text)).toEqual(simple)
})

test('the separator is found although quoted headings hold others', async () => {
  const table = await read('"Price, EUR, net";Name\n1,50;"a;b"')
  expect(table.headings).toEqual(['Price, EUR, net', 'Name'])
  expect(table.rows[0]?.cells).toEqual(['1,50', 'a;b'])
})

test('a file of Excel in Russian is read from windows-1251', async () => {
  const bytes = windows1251('Артикул;Название\r\n0012;Ёлка №5\r\n')
  const table = await read(bytes)
  expect(table.headings).toEqual(['Артикул', 'Название'])
  expect(table.rows[0]?.cells).toEqual(['0012', 'Ёлка №5'])
})

test('the guards that an export put before formulas are taken off', async () => {
  const table = await read("SKU,Name\n'=1+1,O'Brien")
  expect(table.rows[0]?.cells).toEqual(['=1+1', "O'Brien"])
})

test('rows keep the numbers of the spreadsheet when empty ones are left out', async () => {
  const table = await read('\n\nSKU,,Name\n1,,a\n,,\n2,,"b\nc"\n3,,d')
  expect(table.headings).toEqual(['SKU', 'Name'])
  expect(table.rows.map(({ number }) => number)).toEqual([4, 6, 7])
})

test.each([
  ['', 'empty', null],
  [' \n,,\n', 'empty', null],
  ['SKU,Name\n', 'noRows', null],
  ['SKU,Name\n1,"open', 'brokenQuotes', 2],
])('the file %j is refused: %s', async (text, reason, row) => {
  await expect(read(text)).rejects.toMatchObject({ name: 'UnreadableFileError', reason, row })
})

test('a workbook of the old Excel and a broken one are refused by name', async () => {
  const old = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  await expect(read(old)).rejects.toMatchObject({ reason: 'oldExcel' })
  await expect(read('PK\u{3}\u{4} and then nothing')).rejects.toMatchObject({
    reason: 'notASpreadsheet',
  })
})

test('XLSX gives codes as text, numbers as exact decimals and dates as days', async () => {
  const file = await writeExcelFile([
    ['SKU', 'Price', 'Quantity', 'Expires', 'Note'],
    [
      { value: '0012', type: String },
      { value: 0.1 + 0.2, type: Number },
      { value: 1200, type: Number },
      { value: new Date('2026-12-31T00:00:00Z'), type: Date, format: 'dd.mm.yyyy' },
      null,
    ],
    [null, null, null, null, null],
    [{ value: 12, type: Number }, { value: 12.5, type: Number }, null, null, 'last'],
  ]).toBlob()
  expect(await readTable(file)).toEqual({
    headings: ['SKU', 'Price', 'Quantity', 'Expires', 'Note'],
    rows: [
      { number: 2, cells: ['0012', '0.3', '1200', '2026-12-31', ''] },
      { number: 4, cells: ['12', '12.5', '', '', 'last'] },
    ],
  })
})

test('what the export writes to XLSX, the import reads back', async () => {
  const file = await workbook({
    name: 'Products',
    columns: [
      { label: 'SKU', kind: 'text' },
      { label: 'Price', kind: 'decimal' },
      { label: 'Expires', kind: 'day' },
    ],
    rows: [['=1+1', '12.50', '2026-12-31']],
  })
  expect((await readTable(file)).rows[0]?.cells).toEqual(['=1+1', '12.5', '2026-12-31'])
})

test.each([
  ['12.50', '12.50'],
  ['1200', '1200'],
  ['0.10000000000000001', '0.1'],
  ['0.30000000000000004', '0.3'],
  ['1E-4', '0.0001'],
  ['-1.5E-3', '-0.0015'],
  ['4.60123456789E+12', '4601234567890'],
  ['1E+20', '100000000000000000000'],
  ['0', '0'],
])('the stored number %s is the decimal %s', (stored, decimal) => {
  expect(decimalText(stored)).toBe(decimal)
})

/** The bytes of a text in the old code page of Russian Windows. */
function windows1251(text: string): Uint8Array<ArrayBuffer> {
  const decoder = new TextDecoder('windows-1251')
  const byteOf = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
  )
  return Uint8Array.from([...text].map((character) => byteOf.get(character) ?? 0x3f))
}
