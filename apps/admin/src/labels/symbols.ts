import {
  code128,
  type DrawingContext,
  datamatrix,
  ean8,
  ean13,
  gs1_128,
  gs1datamatrix,
  gs1qrcode,
  itf14,
  qrcode,
  type RenderOptions,
  upca,
} from 'bwip-js/generic'

/** The kinds of symbol that labels carry. */
export type Symbology =
  | 'code128'
  | 'ean8'
  | 'upca'
  | 'ean13'
  | 'itf14'
  | 'gs1-128'
  | 'qr'
  | 'datamatrix'
  | 'gs1-qr'
  | 'gs1-datamatrix'

/** A symbol without a size: the label stretches it. */
export type SymbolShape = {
  symbology: Symbology
  /** In modules, the narrowest bars of the symbol; without the quiet zone around it. */
  width: number
  height: number
  /** Modules that must stay empty at each side. */
  quietZone: number
  /** Bars may be stretched in height; the squares of a matrix may not. */
  isMatrix: boolean
  /** The dark regions, to be filled by the even-odd rule. */
  polygons: readonly (readonly (readonly [number, number])[])[]
}

/**
 * Draws a symbol.
 * @param content digits, text, or for GS1 symbols the elements with their identifiers in brackets
 * @throws Error when the symbology cannot carry the content
 */
export function drawSymbol(symbology: Symbology, content: string): SymbolShape {
  const { encode, quietZone, isMatrix, options } = encoders[symbology]
  const drawn = encode(
    { bcid: '', text: content, scale: 2, ...(isMatrix ? {} : { height: 20 }), ...options },
    // The encoder draws a bar two units wide at this scale, and a square of a matrix four.
    shapeDrawing(isMatrix ? 4 : 2),
  )
  return { symbology, quietZone, isMatrix, ...drawn }
}

type Drawn = Pick<SymbolShape, 'width' | 'height' | 'polygons'>

type Encoder = {
  encode: (options: RenderOptions, drawing: DrawingContext<Drawn>) => Drawn
  quietZone: number
  isMatrix: boolean
  options?: Partial<RenderOptions> & Record<string, unknown>
}

const encoders: Record<Symbology, Encoder> = {
  code128: { encode: code128, quietZone: 10, isMatrix: false },
  ean8: { encode: ean8, quietZone: 7, isMatrix: false },
  upca: { encode: upca, quietZone: 9, isMatrix: false },
  ean13: { encode: ean13, quietZone: 11, isMatrix: false },
  itf14: { encode: itf14, quietZone: 10, isMatrix: false, options: { showborder: false } },
  'gs1-128': { encode: gs1_128, quietZone: 10, isMatrix: false },
  qr: { encode: qrcode, quietZone: 4, isMatrix: true, options: { eclevel: 'M' } },
  datamatrix: { encode: datamatrix, quietZone: 1, isMatrix: true },
  'gs1-qr': { encode: gs1qrcode, quietZone: 4, isMatrix: true, options: { eclevel: 'M' } },
  'gs1-datamatrix': { encode: gs1datamatrix, quietZone: 1, isMatrix: true },
}

/** Keeps shapes instead of drawing them, so that screen and paper draw the same. */
function shapeDrawing(unitsPerModule: number): DrawingContext<Drawn> {
  const polygons: [number, number][][] = []
  let size = { width: 0, height: 0 }
  const keep = (points: [number, number][]) => {
    polygons.push(points.map(([x, y]) => [x / unitsPerModule, y / unitsPerModule]))
  }
  return {
    scale: () => null,
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width, height) => {
      size = { width: width / unitsPerModule, height: height / unitsPerModule }
    },
    line(x0, y0, x1, y1, lineWidth) {
      const half = lineWidth / 2
      const isUpright = x0 === x1
      const [left, right] = isUpright
        ? [x0 - half, x0 + half]
        : [Math.min(x0, x1), Math.max(x0, x1)]
      const [top, bottom] = isUpright
        ? [Math.min(y0, y1), Math.max(y0, y1)]
        : [y0 - half, y0 + half]
      keep([
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
      ])
    },
    polygon: keep,
    hexagon: () => {},
    ellipse: () => {},
    fill: () => {},
    text: () => {},
    end: () => ({ ...size, polygons }),
  }
}
