import { useMemo } from 'react'
import { useTranslate } from 'react-admin'
import { symbolPath } from '../labels/symbolPath.ts'
import { drawSymbol } from '../labels/symbols.ts'

/** The QR code that an authenticator app reads. Dark on light in both themes: cameras want it so. */
export function SecretSymbol({ uri }: { uri: string }) {
  const translate = useTranslate()
  const shape = useMemo(() => drawSymbol('qr', uri), [uri])
  const { width, height, quietZone } = shape
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
      <path d={symbolPath(shape)} fill="#000000" fillRule="evenodd" shapeRendering="crispEdges" />
    </svg>
  )
}
