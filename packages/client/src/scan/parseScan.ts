import { dayText } from './dates.ts'
import { readDigitalLink } from './digitalLink.ts'
import { readBracketed, readElementString, refuseNothing } from './elementString.ts'
import { checkedElements, type RawElement, type ScanElement } from './elements.ts'
import { wrongCheckDigit } from './format.ts'
import { hasCheckDigit, hasGtinLength, toGtin14 } from './gtin.ts'
import { identifierOf } from './identifiers.ts'
import { ScanError } from './ScanError.ts'
import { frameOf, hasSureSeparator, separator, symbolsOf } from './symbols.ts'

/** Data that is valid by GS1's rules. */
export type Gs1Scan = {
  kind: 'gs1'
  /** How it was written. `gtin`: the bare digits of an EAN, UPC or GTIN-14. */
  form: 'gtin' | 'element-string' | 'bracketed' | 'digital-link'
  /** Fourteen digits, of the goods or of what a logistic unit holds. `null`: it names no trade item. */
  gtin: string | null
  /** `null`: not in it, as for each of the following. */
  lotCode: string | null
  /** The last good day, `YYYY-MM-DD`. */
  expiresOn: string | null
  serial: string | null
  /** How many, of what the GTIN stands for. */
  count: number | null
  /** The net weight in kilograms or the net volume in litres, a decimal string. */
  measure: { value: string; unit: 'kilogram' | 'litre' } | null
  /** All that it says, in its order. */
  elements: ScanElement[]
}

/** A text that is no GS1 data: an own code, a SKU, the code of a location. */
export type PlainScan = {
  kind: 'text'
  text: string
  /** Why it is none although it looks like it; worth telling when nobody knows the text. */
  doubt: ScanError | null
}

export type ParsedScan = Gs1Scan | PlainScan

export type ParseScanOptions = {
  /** Decides the century of dates, which have two digits for a year. Default: now. */
  now?: Date
}

/**
 * Reads what a scanner or a camera read, or a person typed: EAN, UPC and GTIN-14, GS1 element
 * strings (GS1-128, DataMatrix, QR), bracketed text and GS1 Digital Links. It is either understood
 * to its last character or refused.
 * @throws ScanError when it presents itself as GS1 data and is not valid
 */
export function parseScan(scan: string, { now = new Date() }: ParseScanOptions = {}): ParsedScan {
  const { begin, end } = frameOf(scan)
  const framed = scan.slice(begin, end)
  const symbology = /^\][A-Za-z][0-9A-Za-z]/.exec(framed)?.[0]
  const content = framed.slice(symbology?.length ?? 0)
  const offset = begin + (symbology?.length ?? 0)
  const reading = { content, offset, now }

  if (symbology !== undefined && carriesElementString(symbology)) return elementString(reading)
  if (symbology !== undefined && isEan(symbology)) return eanOf(symbology, reading)
  if (/^https?:\/\//i.test(content)) return digitalLink(reading)
  if (/^\(\d{2,4}\)/.test(content)) return bracketed(reading)
  if (hasSureSeparator(content)) return elementString(reading)
  if (hasGtinLength(content)) return bareGtin(reading)
  return elementStringOrText(reading)
}

type Reading = { content: string; offset: number; now: Date }

/** GS1-128, GS1 DataBar, GS1 DataMatrix, GS1 QR Code and GS1 DotCode say so by themselves. */
const carriesElementString = (symbology: string) => /^\](C1|e\d|d2|Q3|J1)$/.test(symbology)

/** EAN-13 and UPC-A, the same with an add-on, and EAN-8. */
const isEan = (symbology: string) => /^\]E[034]$/.test(symbology)

function elementString({ content, offset, now }: Reading): Gs1Scan {
  const symbols = symbolsOf(content, offset)
  const leading = symbols.text.startsWith(separator) ? 1 : 0
  const found = readElementString({
    text: symbols.text.slice(leading),
    positions: symbols.positions.slice(leading),
  })
  return gs1('element-string', found, offset, now)
}

function bracketed({ content, offset, now }: Reading): Gs1Scan {
  return gs1('bracketed', readBracketed(content, offset), offset, now)
}

function digitalLink({ content, offset, now }: Reading): ParsedScan {
  const found = readDigitalLink(content, offset)
  return found
    ? gs1('digital-link', found, offset, now)
    : { kind: 'text', text: content, doubt: null }
}

function eanOf(symbology: string, { content, offset, now }: Reading): Gs1Scan {
  // With its add-on, a magazine's issue, an EAN-13 comes as 15 or 18 digits.
  const digits = symbology === ']E3' ? content.slice(0, 13) : content
  if (!hasGtinLength(digits)) {
    throw new ScanError({
      code: 'LENGTH_WRONG',
      ai: '01',
      position: offset,
      reason: 'is not as long as a GTIN',
    })
  }
  return gtinAlone({ content: digits, offset, now })
}

function bareGtin(reading: Reading): ParsedScan {
  return orText(reading, gtinAlone)
}

function gtinAlone({ content, offset, now }: Reading): Gs1Scan {
  const value = toGtin14(content)
  if (!hasCheckDigit(value)) {
    const position = offset + content.length - 1
    throw new ScanError({ ...wrongCheckDigit, ai: '01', position })
  }
  const element: RawElement = {
    identifier: identifierOf('01')!,
    value,
    aiPosition: offset,
    valuePosition: offset,
  }
  return gs1('gtin', [element], offset, now)
}

/** Nothing says what it is: taken for GS1 data when all of it is. */
function elementStringOrText(reading: Reading): ParsedScan {
  const looksLikeIt = /^#?(0[012]\d{14}|8006\d{14}|8026\d{14})/.test(reading.content)
  return looksLikeIt
    ? orText(reading, elementString)
    : { kind: 'text', text: reading.content, doubt: null }
}

function orText(reading: Reading, read: (reading: Reading) => Gs1Scan): ParsedScan {
  try {
    return read(reading)
  } catch (error) {
    if (!(error instanceof ScanError)) throw error
    return { kind: 'text', text: reading.content, doubt: error }
  }
}

function gs1(form: Gs1Scan['form'], found: RawElement[], offset: number, now: Date): Gs1Scan {
  refuseNothing(found, offset)
  const elements = checkedElements(found, now)
  const valueOf = (ai: string) => elements.find((element) => element.ai === ai)?.value ?? null
  const count = valueOf('30') ?? valueOf('37')
  const expiry = valueOf('17') ?? valueOf('7003')?.slice(0, 6)
  return {
    kind: 'gs1',
    form,
    gtin:
      valueOf('01') ?? valueOf('02') ?? (valueOf('8006') ?? valueOf('8026'))?.slice(0, 14) ?? null,
    lotCode: valueOf('10'),
    expiresOn: expiry ? dayText(expiry, now) : null,
    serial: valueOf('21'),
    count: count === null ? null : Number(count),
    measure: measureOf(elements),
    elements,
  }
}

const measureUnits = { 310: 'kilogram', 315: 'litre' } as const

function measureOf(elements: readonly ScanElement[]): Gs1Scan['measure'] {
  for (const { ai, value } of elements) {
    const unit = measureUnits[ai.slice(0, 3) as unknown as keyof typeof measureUnits]
    if (ai.length < 4 || unit === undefined) continue
    const decimals = Number(ai[3])
    const whole = String(Number(value.slice(0, value.length - decimals)))
    return { value: decimals === 0 ? whole : `${whole}.${value.slice(-decimals)}`, unit }
  }
  return null
}
