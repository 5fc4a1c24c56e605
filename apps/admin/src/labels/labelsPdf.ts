import fontkit from '@pdf-lib/fontkit'
import {
  closePath,
  fill,
  lineTo,
  moveTo,
  PDFDocument,
  type PDFFont,
  PDFOperator,
  PDFOperatorNames,
  type PDFPage,
  popGraphicsState,
  pushGraphicsState,
  setFillingGrayscaleColor,
} from 'pdf-lib'
import type { LabelContent } from './content.ts'
import { type LabelLayout, layOut } from './layout.ts'
import { type LabelStock, placeOf } from './stocks.ts'

const pointsPerMillimetre = 72 / 25.4

export type LabelSheet = {
  labels: readonly LabelContent[]
  stock: LabelStock
  /** How often each label is printed. */
  copies: number
  /** The first place of the first sheet that is still free, from 0. */
  start: number
}

/**
 * A PDF of labels. All is drawn as shapes and text, so that it is as sharp as the printer.
 * @param font a TrueType file; what is used of it is put into the PDF
 */
export async function labelsPdf(
  { labels, stock, copies, start }: LabelSheet,
  font: ArrayBuffer,
): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  document.registerFontkit(fontkit)
  const embedded = await document.embedFont(font, { subset: true })
  const measure = (text: string, size: number) => embedded.widthOfTextAtSize(text, size)
  const { width, height } = stock.page
  let index = 0
  for (const label of labels) {
    const layout = layOut(label, stock, measure)
    for (let copy = 0; copy < copies; copy++) {
      const place = placeOf(stock, index++, start)
      const pages = document.getPages()
      const page =
        pages[place.page] ??
        document.addPage([width * pointsPerMillimetre, height * pointsPerMillimetre])
      drawLabel(page, embedded, layout, place)
    }
  }
  return document.save()
}

function drawLabel(
  page: PDFPage,
  font: PDFFont,
  { texts, symbol }: LabelLayout,
  origin: { x: number; y: number },
): void {
  // A PDF counts upwards from the lower left corner.
  const x = (millimetres: number) => (origin.x + millimetres) * pointsPerMillimetre
  const y = (millimetres: number) =>
    page.getHeight() - (origin.y + millimetres) * pointsPerMillimetre
  for (const { text, x: left, baseline, size } of texts) {
    page.drawText(text, { x: x(left), y: y(baseline), size: size * pointsPerMillimetre, font })
  }
  const { shape } = symbol
  const unitX = symbol.width / shape.width
  const unitY = symbol.height / shape.height
  page.pushOperators(
    pushGraphicsState(),
    setFillingGrayscaleColor(0),
    ...shape.polygons.flatMap((points) => [
      ...points.map(([pointX, pointY], at) =>
        (at === 0 ? moveTo : lineTo)(x(symbol.x + pointX * unitX), y(symbol.y + pointY * unitY)),
      ),
      closePath(),
    ]),
    shape.isMatrix ? PDFOperator.of(PDFOperatorNames.FillEvenOdd) : fill(),
    popGraphicsState(),
  )
}
