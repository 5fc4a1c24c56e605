import {
  type LabelContent,
  type LabelWords,
  locationLabel,
  lotLabel,
  productLabel,
  type SymbolStyle,
} from './content.ts'
import type { LabelTarget } from './loadTargets.ts'

/** Which labels a product gets: of one base unit, of each packaging, or both. */
export type ProductLabels = 'unit' | 'packagings' | 'both'

/** The labels of everything that was chosen. */
export function contentsOf(
  targets: readonly LabelTarget[],
  style: SymbolStyle,
  what: ProductLabels,
  words: LabelWords,
): LabelContent[] {
  return targets.flatMap((target) => {
    switch (target.kind) {
      case 'location':
        return locationLabel(target.location, style)
      case 'lot':
        return lotLabel(target.product, target.lot, style, words)
      case 'product': {
        const { product } = target
        const packagings = product.packagings.filter(({ archivedAt }) => archivedAt === null)
        return [
          ...(what === 'packagings' ? [] : [null]),
          ...(what === 'unit' ? [] : packagings),
        ].map((packaging) => productLabel(product, packaging, style, words))
      }
    }
  })
}
