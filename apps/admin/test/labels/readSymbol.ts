import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { LabelLayout } from '../../src/labels/layout.ts'
import type { LabelStock } from '../../src/labels/stocks.ts'

const decoder = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'))

/** What a scanner would send. */
export type Reading = { format: string; text: string; identifier: string }

/** Prints the symbol of a label as a printer would, dot by dot, and reads it back. */
export async function readSymbol(
  { symbol }: LabelLayout,
  { label }: LabelStock,
  dotsPerMillimetre: number,
): Promise<Reading | null> {
  prepareZXingModule({
    overrides: { wasmBinary: new Uint8Array(readFileSync(decoder)).buffer },
    fireImmediately: false,
  })
  const image = print(symbol, label, dotsPerMillimetre)
  const [found] = await readBarcodes(image, { textMode: 'Plain', tryHarder: true })
  if (found === undefined || !found.isValid) return null
  return { format: found.format, text: found.text, identifier: found.symbologyIdentifier }
}

function print(
  { shape, x, y, width, height }: LabelLayout['symbol'],
  label: LabelStock['label'],
  dots: number,
): ImageData {
  const columns = Math.round(label.width * dots)
  const rows = Math.round(label.height * dots)
  const data = new Uint8ClampedArray(columns * rows * 4).fill(255)
  const polygons = shape.polygons.map((points) =>
    points.map(([pointX, pointY]) => ({
      x: Math.round((x + (pointX * width) / shape.width) * dots),
      y: Math.round((y + (pointY * height) / shape.height) * dots),
    })),
  )
  for (let row = 0; row < rows; row++) {
    const crossings = polygons.flatMap((points) => crossingsOf(points, row + 0.5)).sort(ascending)
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      for (let column = crossings[pair] ?? 0; column < (crossings[pair + 1] ?? 0); column++) {
        data.set([0, 0, 0], (row * columns + column) * 4)
      }
    }
  }
  return { data, width: columns, height: rows, colorSpace: 'srgb' } as ImageData
}

/** Where the upright edges of a polygon meet a row. */
function crossingsOf(points: readonly { x: number; y: number }[], row: number): number[] {
  return points.flatMap((point, index) => {
    const next = points[(index + 1) % points.length] ?? point
    return point.y > row !== next.y > row ? [point.x] : []
  })
}

const ascending = (one: number, other: number) => one - other
