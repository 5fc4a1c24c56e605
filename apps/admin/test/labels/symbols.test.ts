import { parseScan } from '@stockbook/client/scan'
import { expect, test } from 'vitest'
import type { LabelContent } from '../../src/labels/content.ts'
import { layOut } from '../../src/labels/layout.ts'
import { labelStocks, type LabelStock } from '../../src/labels/stocks.ts'
import type { Symbology } from '../../src/labels/symbols.ts'
import { readSymbol } from './readSymbol.ts'

/** Eight dots a millimetre are the 203 dots an inch of most label printers. */
const thermal = 8

const stock = (key: string) => labelStocks.find((each) => each.key === key) as LabelStock

const measure = (text: string, size: number) => text.length * size * 0.55

function label(symbology: Symbology, content: string): LabelContent {
  return {
    title: 'A name that is long enough for two lines of the label',
    details: ['SKU-12'],
    symbology,
    content,
    readable: content,
    note: null,
  }
}

const plain: [Symbology, string, string][] = [
  ['code128', 'SKU-0012', 'Code128'],
  ['ean13', '4601234567893', 'EAN13'],
  ['ean8', '96385074', 'EAN8'],
  ['itf14', '14601234567890', 'ITF14'],
  ['qr', 'Полка-Ё1', 'QRCode'],
  ['qr', '4601234567893', 'QRCode'],
  ['datamatrix', 'SKU-0012', 'DataMatrix'],
]

test.each(plain)('%s of %s reads back as it is from every paper', async (symbology, content) => {
  for (const paper of labelStocks) {
    const layout = layOut(label(symbology, content), paper, measure)
    const reading = await readSymbol(layout, paper, thermal)
    if (layout.isTooFine) continue
    expect(reading?.text, paper.key).toBe(content)
  }
})

test.each(plain)('%s of %s fits every paper finely enough', (symbology, content) => {
  const tooFine = labelStocks.filter(
    (paper) => layOut(label(symbology, content), paper, measure).isTooFine,
  )
  expect(tooFine.map(({ key }) => key)).toEqual([])
})

test('a UPC reads back as the same number', async () => {
  const layout = layOut(label('upca', '036000291452'), stock('roll-58x40'), measure)
  const reading = await readSymbol(layout, stock('roll-58x40'), thermal)
  expect(reading?.text.padStart(14, '0')).toBe('00036000291452')
})

const lotContent = '(01)09506000134352(17)261210(10)LOT-42'

test.each([
  ['gs1-128', 'roll-100x50', ']C1'],
  ['gs1-qr', 'roll-58x40', ']Q3'],
  ['gs1-datamatrix', 'a4-5x13', ']d2'],
] as [Symbology, string, string][])(
  '%s is read by a scanner as product, last good day and lot',
  async (symbology, paper, identifier) => {
    const layout = layOut(label(symbology, lotContent), stock(paper), measure)
    expect(layout.isTooFine).toBe(false)
    const reading = await readSymbol(layout, stock(paper), thermal)
    expect(reading?.identifier).toBe(identifier)
    expect(parseScan(`${reading?.identifier}${reading?.text}`)).toMatchObject({
      gtin: '09506000134352',
      expiresOn: '2026-12-10',
      lotCode: 'LOT-42',
    })
  },
)

test('bars that do not fit the label are said to be too fine', () => {
  const layout = layOut(label('gs1-128', lotContent), stock('a4-5x13'), measure)
  expect(layout.isTooFine).toBe(true)
})

test('nothing of a label leaves its padding, and no text meets the symbol', () => {
  for (const paper of labelStocks) {
    for (const [symbology, content] of plain) {
      const { texts, symbol } = layOut(label(symbology, content), paper, measure)
      const where = `${symbology} on ${paper.key}`
      const { padding } = paper
      const { width, height } = paper.label
      expect(symbol.height, where).toBeGreaterThan(3)
      for (const text of texts) {
        const right = text.x + measure(text.text, text.size)
        expect(text.x, where).toBeGreaterThanOrEqual(padding - 0.001)
        expect(right, where).toBeLessThanOrEqual(width - padding + 0.001)
        expect(text.baseline - text.size * 0.93, where).toBeGreaterThanOrEqual(padding - 0.001)
        expect(text.baseline + text.size * 0.27, where).toBeLessThanOrEqual(
          height - padding + 0.001,
        )
        const isAbove = text.baseline + text.size * 0.25 <= symbol.y
        const isBelow = text.baseline - text.size * 0.93 >= symbol.y + symbol.height
        const isBeside = text.x >= symbol.x + symbol.width
        expect(isAbove || isBelow || isBeside, `${where}: ${text.text}`).toBe(true)
      }
    }
  }
})
