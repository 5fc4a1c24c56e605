import type { LabelContent } from './content.ts'
import type { LabelStock } from './stocks.ts'
import { drawSymbol, type SymbolShape } from './symbols.ts'

/** A line of text on a label. Millimetres, from the label's upper left corner. */
export type PlacedText = { text: string; x: number; baseline: number; size: number }

/** What goes where on one label. Millimetres, from the label's upper left corner. */
export type LabelLayout = {
  texts: readonly PlacedText[]
  symbol: { shape: SymbolShape; x: number; y: number; width: number; height: number }
  /** Bars this narrow do not print or scan well: the label is too small for the code. */
  isTooFine: boolean
}

/** Width of a text, in the unit of the size. */
export type MeasureText = (text: string, size: number) => number

/** Narrower modules are lost on a printer of 203 dots an inch, or to a phone's camera. Millimetres. */
const finestModule = 0.19

/** Wider ones only waste paper. Millimetres. */
const widestModule = 0.6

/** Height of a line as a share of the size of its letters. */
const leading = 1.2

/** Where the baseline stands in a line. */
const ascent = 0.93

/** Puts the content onto a label: bars below the text, a square beside it. */
export function layOut(
  content: LabelContent,
  stock: LabelStock,
  measure: MeasureText,
): LabelLayout {
  const shape = drawSymbol(content.symbology, content.content)
  return shape.isMatrix
    ? beside(content, shape, stock, measure)
    : below(content, shape, stock, measure)
}

function below(
  content: LabelContent,
  shape: SymbolShape,
  { label, padding }: LabelStock,
  measure: MeasureText,
): LabelLayout {
  const width = label.width - 2 * padding
  const height = label.height - 2 * padding
  const small = clamp(height * 0.105, 1.9, 3.6)
  const module = Math.min(width / (shape.width + 2 * shape.quietZone), widestModule)
  const symbolWidth = module * shape.width
  const symbolX = padding + (width - symbolWidth) / 2
  // Bars get at least two fifths; the text the rest, as far as it goes.
  const textHeight = height * 0.6 - small * leading
  const title = clamp(height * 0.16, 2.2, 6)
  const lines = fitLines(content, { width, height: textHeight, title, small }, measure)
  const texts = stack(lines, padding, padding)
  const textEnd = padding + lines.reduce((sum, { size }) => sum + size * leading, 0)
  const readableY = label.height - padding - small * leading
  const readable = shorten(content.readable, width, small, measure)
  texts.push({
    text: readable,
    x: padding + (width - measure(readable, small)) / 2,
    baseline: readableY + small * ascent,
    size: small,
  })
  const y = textEnd + 0.6
  return {
    texts,
    symbol: { shape, x: symbolX, y, width: symbolWidth, height: readableY - 0.4 - y },
    isTooFine: module < finestModule,
  }
}

function beside(
  content: LabelContent,
  shape: SymbolShape,
  { label, padding }: LabelStock,
  measure: MeasureText,
): LabelLayout {
  const height = label.height - 2 * padding
  const side = Math.min(height, (label.width - 2 * padding) * 0.48)
  const module = Math.min(side / (shape.width + shape.quietZone), 1.2)
  const size = module * shape.width
  const y = padding + (height - size) / 2
  const textX = padding + size + module * shape.quietZone
  const width = label.width - padding - textX
  const small = clamp(height * 0.1, 1.9, 3.6)
  const title = clamp(height * 0.15, 2.2, 6)
  const lines = fitLines(
    { ...content, details: [...content.details, content.readable] },
    { width, height, title, small },
    measure,
  )
  return {
    texts: stack(lines, textX, padding),
    symbol: { shape, x: padding, y, width: size, height: module * shape.height },
    isTooFine: module < finestModule,
  }
}

type Line = { text: string; size: number }

/** The title on up to two lines, then the details, as many as there is room for. No line twice. */
function fitLines(
  { title: text, details }: Pick<LabelContent, 'title' | 'details'>,
  room: { width: number; height: number; title: number; small: number },
  measure: MeasureText,
): Line[] {
  const { width, title, small } = room
  const further = [...new Set(details)].filter((detail) => detail !== text)
  const spare = room.height - further.length * small * leading
  const titleLines = spare >= 2 * title * leading ? 2 : 1
  const lines: Line[] = [
    ...wrap(text, width, title, titleLines, measure).map((line) => ({ text: line, size: title })),
    ...further.map((detail) => ({ text: shorten(detail, width, small, measure), size: small })),
  ]
  let height = 0
  return lines.filter(({ size }, index) => {
    height += size * leading
    return index === 0 || height <= room.height
  })
}

function stack(lines: readonly Line[], x: number, top: number): PlacedText[] {
  let y = top
  return lines.map(({ text, size }) => {
    const placed = { text, x, baseline: y + size * ascent, size }
    y += size * leading
    return placed
  })
}

/** Breaks a text between words; the last line is shortened when there is more. */
function wrap(
  text: string,
  width: number,
  size: number,
  mostLines: number,
  measure: MeasureText,
): string[] {
  const lines: string[] = []
  let rest = text.split(' ')
  while (rest.length > 0 && lines.length < mostLines - 1) {
    let count = 1
    while (count < rest.length && measure(rest.slice(0, count + 1).join(' '), size) <= width)
      count++
    lines.push(shorten(rest.slice(0, count).join(' '), width, size, measure))
    rest = rest.slice(count)
  }
  if (rest.length > 0) lines.push(shorten(rest.join(' '), width, size, measure))
  return lines
}

/** Cuts a text that does not fit, and shows that it was cut. */
function shorten(text: string, width: number, size: number, measure: MeasureText): string {
  if (measure(text, size) <= width) return text
  const characters = [...text]
  while (characters.length > 1 && measure(`${characters.join('')}…`, size) > width) characters.pop()
  return `${characters.join('').trimEnd()}…`
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
