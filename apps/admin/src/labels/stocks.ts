/** The paper that labels are printed on. Millimetres. */
export type LabelStock = {
  key: string
  page: { width: number; height: number }
  columns: number
  rows: number
  label: { width: number; height: number }
  /** From the page's edge to the first label. */
  margin: { left: number; top: number }
  /** Between two labels. */
  gap: { x: number; y: number }
  /** No ink comes nearer to a label's edge: printers and hands are not exact. */
  padding: number
}

const a4 = { width: 210, height: 297 }

/** The usual sheets and rolls, each under the name of its grid or size. */
export const labelStocks: readonly LabelStock[] = [
  {
    key: 'a4-3x8',
    page: a4,
    columns: 3,
    rows: 8,
    label: { width: 70, height: 37 },
    margin: { left: 0, top: 0.5 },
    gap: { x: 0, y: 0 },
    padding: 4,
  },
  {
    key: 'a4-2x7',
    page: a4,
    columns: 2,
    rows: 7,
    label: { width: 99.1, height: 38.1 },
    margin: { left: 4.65, top: 15.15 },
    gap: { x: 2.5, y: 0 },
    padding: 3,
  },
  {
    key: 'a4-5x13',
    page: a4,
    columns: 5,
    rows: 13,
    label: { width: 38.1, height: 21.2 },
    margin: { left: 4.75, top: 10.7 },
    gap: { x: 2.5, y: 0 },
    padding: 1.5,
  },
  roll(58, 40),
  roll(100, 50),
]

/** Labels one after another: each is a page. */
function roll(width: number, height: number): LabelStock {
  return {
    key: `roll-${width}x${height}`,
    page: { width, height },
    columns: 1,
    rows: 1,
    label: { width, height },
    margin: { left: 0, top: 0 },
    gap: { x: 0, y: 0 },
    padding: 2,
  }
}

/** Where a label stands: its page from 0, and its upper left corner on it. Millimetres. */
export type LabelPlace = { page: number; x: number; y: number }

/**
 * The place of the n-th label.
 * @param index which label, from 0
 * @param start the first place of the first sheet that is still free, from 0
 */
export function placeOf(stock: LabelStock, index: number, start: number): LabelPlace {
  const perPage = stock.columns * stock.rows
  const position = start + index
  const onPage = position % perPage
  const { margin, label, gap } = stock
  return {
    page: Math.floor(position / perPage),
    x: margin.left + (onPage % stock.columns) * (label.width + gap.x),
    y: margin.top + Math.floor(onPage / stock.columns) * (label.height + gap.y),
  }
}
