import type { ApiOutputs } from '@stockbook/client'
import type { Symbology } from './symbols.ts'

type Product = ApiOutputs['products']['get']
type Lot = ApiOutputs['lots']['get']
type Location = ApiOutputs['locations']['get']

/** What a person wants to see: bars, or a square. */
export type SymbolStyle = 'barcode' | 'qr' | 'datamatrix'

/** What a label says, before it has a size. */
export type LabelContent = {
  /** The largest line. */
  title: string
  /** Further lines, most important first. */
  details: readonly string[]
  symbology: Symbology
  /** What the symbol carries. */
  content: string
  /** What stands below the symbol, so that a person can type it. */
  readable: string
  /** The symbol does not carry all that the label says. */
  note: 'symbolWithoutLot' | null
}

/** Words that the label needs, in the language of who prints it. */
export type LabelWords = {
  lot: string
  expires: string
  /** A day, `YYYY-MM-DD`, as this person writes days. */
  day(day: string): string
  /** How many base units a packaging holds. */
  pieces(factor: number, unit: string): string
}

/** The label of one base unit, or of one of the product's packagings. */
export function productLabel(
  product: Product,
  packaging: Product['packagings'][number] | null,
  style: SymbolStyle,
  words: LabelWords,
): LabelContent {
  const name = packaging?.name ?? null
  const code = bestCode(product.codes.filter((candidate) => candidate.packaging === name))
  const details = [product.sku]
  if (packaging !== null) {
    details.push(`${packaging.name}: ${words.pieces(packaging.factor, product.baseUnit)}`)
  }
  // A packaging without a code of its own cannot be told from the base unit by its symbol.
  const content = code?.code ?? product.sku
  return {
    title: product.name,
    details,
    ...plainSymbol(content, code?.type ?? 'own', style),
    note: null,
  }
}

/** The label of a lot: one symbol for product, last good day and lot where the product has a GTIN. */
export function lotLabel(
  product: Product,
  lot: Lot,
  style: SymbolStyle,
  words: LabelWords,
): LabelContent {
  const details = [`${words.lot}: ${lot.code}`]
  if (lot.expiresOn !== null) details.push(`${words.expires}: ${words.day(lot.expiresOn)}`)
  details.push(product.sku)
  const gtin = bestCode(
    product.codes.filter(({ type, packaging }) => type === 'gtin' && packaging === null),
  )
  if (gtin === undefined || !isGs1Text(lot.code)) {
    return {
      title: product.name,
      details,
      ...plainSymbol(gtin?.code ?? product.sku, gtin?.type ?? 'own', style),
      note: 'symbolWithoutLot',
    }
  }
  const expiry = lot.expiresOn === null ? '' : `(17)${lot.expiresOn.replaceAll('-', '').slice(2)}`
  const content = `(01)${gtin.code.padStart(14, '0')}${expiry}(10)${lot.code}`
  return {
    title: product.name,
    details,
    symbology: gs1Symbology[style],
    content,
    readable: content,
    note: null,
  }
}

/** The label of a place. */
export function locationLabel(location: Location, style: SymbolStyle): LabelContent {
  return {
    title: location.code,
    details: location.name === location.code ? [] : [location.name],
    ...plainSymbol(location.code, 'own', style),
    note: null,
  }
}

const gs1Symbology: Record<SymbolStyle, Symbology> = {
  barcode: 'gs1-128',
  qr: 'gs1-qr',
  datamatrix: 'gs1-datamatrix',
}

const gtinSymbology: Record<number, Symbology> = { 8: 'ean8', 12: 'upca', 13: 'ean13', 14: 'itf14' }

/** A GTIN before an own code. */
function bestCode<Code extends { type: 'gtin' | 'own' }>(codes: readonly Code[]): Code | undefined {
  return codes.find(({ type }) => type === 'gtin') ?? codes[0]
}

function plainSymbol(
  content: string,
  type: 'gtin' | 'own',
  style: SymbolStyle,
): Pick<LabelContent, 'symbology' | 'content' | 'readable'> {
  // Bars have no letters beyond ASCII; a QR code has them all.
  const isAscii = /^[\x20-\x7e]+$/.test(content)
  const symbology: Symbology = !isAscii
    ? 'qr'
    : style !== 'barcode'
      ? style
      : ((type === 'gtin' ? gtinSymbology[content.length] : undefined) ?? 'code128')
  return { symbology, content, readable: content }
}

/**
 * What a GS1 symbol can carry as a lot: up to 20 characters of the set that GS1 calls 82. Brackets are
 * of that set, but would end the lot in the way in which we hand it over.
 */
function isGs1Text(lot: string): boolean {
  return /^[!"%&'*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/.test(lot)
}
