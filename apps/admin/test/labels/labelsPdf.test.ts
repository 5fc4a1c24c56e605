import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PDFDocument } from 'pdf-lib'
import { expect, test } from 'vitest'
import type { LabelContent } from '../../src/labels/content.ts'
import { labelsPdf } from '../../src/labels/labelsPdf.ts'
import { labelStocks, type LabelStock, placeOf } from '../../src/labels/stocks.ts'

const fontFile = fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'))
const font = new Uint8Array(readFileSync(fontFile)).buffer

const stock = (key: string) => labelStocks.find((each) => each.key === key) as LabelStock

const label: LabelContent = {
  title: 'Ёлка «Ель» 中',
  details: ['ЁЛКА-1'],
  symbology: 'qr',
  content: 'ЁЛКА-1',
  readable: 'ЁЛКА-1',
  note: null,
}

async function pages(key: string, count: number, copies = 1, start = 0) {
  const labels = Array.from({ length: count }, () => label)
  const bytes = await labelsPdf({ labels, stock: stock(key), copies, start }, font)
  return (await PDFDocument.load(bytes)).getPages().map((page) => page.getSize())
}

test('sheets are filled one after another, from the first free place', async () => {
  expect(await pages('a4-3x8', 24)).toHaveLength(1)
  expect(await pages('a4-3x8', 24, 1, 1)).toHaveLength(2)
  expect(await pages('a4-5x13', 33, 2)).toHaveLength(2)
})

test('a roll has a page for each label, as large as the label', async () => {
  const sizes = await pages('roll-58x40', 2)
  expect(sizes).toHaveLength(2)
  expect(sizes[0]?.width).toBeCloseTo(58 * (72 / 25.4))
  expect(sizes[0]?.height).toBeCloseTo(40 * (72 / 25.4))
})

test('the font comes as the few letters that are used, so a sheet stays small', async () => {
  const labels = Array.from({ length: 24 }, () => label)
  const bytes = await labelsPdf({ labels, stock: stock('a4-3x8'), copies: 1, start: 0 }, font)
  expect(bytes.length).toBeLessThan(120_000)
})

test('every place lies on its page, and no two overlap', () => {
  for (const paper of labelStocks) {
    const count = paper.columns * paper.rows
    const places = Array.from({ length: count }, (_, index) => placeOf(paper, index, 0))
    for (const { page, x, y } of places) {
      expect(page).toBe(0)
      expect(x + paper.label.width).toBeLessThanOrEqual(paper.page.width + 0.001)
      expect(y + paper.label.height).toBeLessThanOrEqual(paper.page.height + 0.001)
    }
    expect(placeOf(paper, count, 0)).toMatchObject({ page: 1 })
    expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(count)
  }
})
