import type { LabelFont } from './labelFont.ts'
import type { LabelLayout } from './layout.ts'
import { type LabelStock, placeOf } from './stocks.ts'
import { symbolPath } from './symbolPath.ts'

/** One page as it will be printed, drawn from the same layout as the PDF. */
export function SheetPreview({
  stock,
  layouts,
  start,
  page,
  font,
  label,
}: {
  stock: LabelStock
  /** Of all labels, copies included. */
  layouts: readonly LabelLayout[]
  start: number
  /** Which page, from 0. */
  page: number
  font: LabelFont
  /** What it is called to those who do not see it. */
  label: string
}) {
  const perPage = stock.columns * stock.rows
  const first = Math.max(page * perPage - start, 0)
  const last = Math.min((page + 1) * perPage - start, layouts.length)
  const shown = layouts.slice(first, last)
  const { width, height } = stock.page
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      style={{ ...previewStyle, width: `min(100%, ${75 * (width / height)}vh)` }}
    >
      <rect width={width} height={height} fill="#ffffff" />
      {Array.from({ length: perPage }, (_, index) => {
        const { x, y } = placeOf(stock, index, 0)
        return (
          <rect
            key={index}
            x={x}
            y={y}
            width={stock.label.width}
            height={stock.label.height}
            rx={1}
            fill="none"
            stroke="#c4ccd6"
            strokeWidth={0.25}
          />
        )
      })}
      {shown.map((layout, index) => {
        const { x, y } = placeOf(stock, first + index, start)
        return (
          <g key={first + index} transform={`translate(${x} ${y})`}>
            <Label layout={layout} font={font} />
          </g>
        )
      })}
    </svg>
  )
}

const previewStyle = { display: 'block', border: '1px solid #c4ccd6' } as const

function Label({ layout: { texts, symbol }, font }: { layout: LabelLayout; font: LabelFont }) {
  const { shape } = symbol
  return (
    <>
      {texts.map(({ text, x, baseline, size }) => (
        <text
          key={`${baseline} ${text}`}
          x={x}
          y={baseline}
          fontSize={size}
          fontFamily={`"${font.family}"`}
          fill="#000000"
        >
          {text}
        </text>
      ))}
      <path
        d={symbolPath(shape)}
        fill="#000000"
        fillRule="evenodd"
        shapeRendering="crispEdges"
        transform={`translate(${symbol.x} ${symbol.y}) scale(${symbol.width / shape.width} ${symbol.height / shape.height})`}
      />
    </>
  )
}
