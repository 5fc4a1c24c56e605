import { useMemo } from 'react'
import { useTranslate } from 'react-admin'
import { drawSymbol } from '../labels/symbols.ts'

/** The QR code that an authenticator app reads. Dark on light in both themes: cameras want it so. */
export function SecretSymbol({ uri }: { uri: string }) {
  const translate = useTranslate()
  const { width, height, quietZone, polygons } = useMemo(() => drawSymbol('qr', uri), [uri])
  const path = polygons
    .map((points) => `M${points.map(([x, y]) => `${x} ${y}`).join('L')}Z`)
    .join('')
  const [fullWidth, fullHeight] = [width + 2 * quietZone, height + 2 * quietZone]
  return (
    <svg
      viewBox={`${-quietZone} ${-quietZone} ${fullWidth} ${fullHeight}`}
      role="img"
      aria-label={translate('secondFactor.symbol')}
      width={220}
      height={220}
      style={{ display: 'block', margin: '8px 0' }}
    >
      <rect x={-quietZone} y={-quietZone} width={fullWidth} height={fullHeight} fill="#ffffff" />
      <path d={path} fill="#000000" fillRule="evenodd" shapeRendering="crispEdges" />
    </svg>
  )
}
