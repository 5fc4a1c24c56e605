import type { SymbolShape } from './symbols.ts'

/** The dark regions of a symbol as the data of an SVG path, to be filled by the even-odd rule. */
export const symbolPath = ({ polygons }: Pick<SymbolShape, 'polygons'>): string =>
  polygons.map((points) => `M${points.map(([x, y]) => `${x} ${y}`).join('L')}Z`).join('')
