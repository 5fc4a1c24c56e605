import { identifierNamed, type RawElement } from './elements.ts'
import { hasGtinLength, toGtin14 } from './gtin.ts'
import { identifierOf } from './identifiers.ts'
import { ScanError } from './ScanError.ts'

/** The AIs that name a thing in an address, and what may follow each, in this order. */
const keys: Readonly<Record<string, readonly (readonly string[])[]>> = {
  '00': [],
  '01': [['22', '10', '21'], ['235']],
  253: [],
  255: [],
  401: [],
  402: [],
  414: [['254'], ['7040']],
  415: [['8020']],
  417: [['7040']],
  8003: [],
  8004: [['7040']],
  8006: [['22', '10', '21']],
  8010: [['8011']],
  8013: [],
  8017: [['8019']],
  8018: [['8019']],
}

/** The names that stood for AIs in the standard's first version. */
const shortNames: Readonly<Record<string, string>> = {
  sscc: '00',
  gtin: '01',
  lot: '10',
  exp: '17',
  ser: '21',
  cpv: '22',
  tpx: '235',
  gdti: '253',
  gcn: '255',
  ginc: '401',
  gsin: '402',
  gln: '414',
  glnx: '254',
  payto: '415',
  party: '417',
  grai: '8003',
  giai: '8004',
  itip: '8006',
  cpid: '8010',
  cpsn: '8011',
  gmn: '8013',
  gsrnp: '8017',
  gsrn: '8018',
  srin: '8019',
  refno: '8020',
}

const aiOf = (name: string) => shortNames[name.toLowerCase()] ?? name
const isKey = (ai: string | undefined) => ai !== undefined && Object.hasOwn(keys, ai)

/** A piece of an address between two `/`, or between `&`, and where it stands. */
type Piece = { text: string; position: number }

/**
 * Data as a GS1 Digital Link carries it, of whatever host:
 * `https://id.gs1.org/01/09506000134352/10/LOT42?17=261210`.
 * @returns `null` for an address that does not claim to be one
 * @throws ScanError
 */
export function readDigitalLink(address: string, offset: number): RawElement[] | null {
  const [, host = '', path = '', query = ''] =
    /^(https?:\/\/[^/?#]+)([^?#]*)(\?[^#]*)?/i.exec(address) ?? []
  const pathPieces = piecesOf(path.replace(/\/$/, ''), '/', offset + host.length)
  const keyAt = keyIndex(pathPieces)
  if (keyAt === null) return null
  const inPath = pairsOf(pathPieces.slice(keyAt))
  refuseWrongQualifiers(inPath)
  const queryPieces = piecesOf(query.replace('?', '&'), /[&;]/, offset + host.length + path.length)
  return [...inPath, ...queryPieces.flatMap(elementOfQuery)]
}

/** The pieces after each separator; what stands before the first one is none. */
function piecesOf(text: string, between: string | RegExp, offset: number): Piece[] {
  const [before = '', ...parts] = text.split(between)
  let position = offset + before.length
  return parts.map((part) => {
    const piece = { text: part, position: position + 1 }
    position += 1 + part.length
    return piece
  })
}

/** Where in the path the data begins: read from its end, in pairs, up to the key. */
function keyIndex(pieces: readonly Piece[]): number | null {
  const qualifiers = new Set(Object.values(keys).flat(2))
  for (let at = pieces.length - 2; at >= 0; at -= 2) {
    const ai = aiOf(pieces[at]!.text)
    if (isKey(ai)) return at
    if (!qualifiers.has(ai)) break
  }
  const broken = pieces.find(
    ({ text }, index) =>
      ['01', '00', '8006'].includes(aiOf(text)) && /^\d{8,}/.test(pieces[index + 1]?.text ?? ''),
  )
  if (broken === undefined) return null
  throw new ScanError({
    code: 'ADDRESS_WRONG',
    ai: aiOf(broken.text),
    position: broken.position,
    reason: 'what follows in the path does not come in pairs of an identifier and its data',
  })
}

function pairsOf(pieces: readonly Piece[]): RawElement[] {
  const pairs: RawElement[] = []
  for (let at = 0; at + 1 < pieces.length; at += 2) {
    pairs.push(elementOf(pieces[at]!, pieces[at + 1]!))
  }
  return pairs
}

function elementOf(name: Piece, data: Piece): RawElement {
  const identifier = identifierNamed(aiOf(decoded(name)), name.position)
  const value = decoded(data)
  return {
    identifier,
    value: identifier.ai === '01' && hasGtinLength(value) ? toGtin14(value) : value,
    aiPosition: name.position,
    valuePosition: data.position,
  }
}

/** Parameters that are no data, like `linkType`, mean nothing here. */
function elementOfQuery({ text, position }: Piece): RawElement[] {
  const [name = ''] = text.split('=', 1)
  const isData = /^\d+$/.test(name) || identifierOf(aiOf(name)) !== undefined
  if (!isData) return []
  const data = { text: text.slice(name.length + 1), position: position + name.length + 1 }
  return [elementOf({ text: name, position }, data)]
}

function refuseWrongQualifiers([key, ...qualifiers]: readonly RawElement[]): void {
  if (key === undefined) return
  const allowed = keys[key.identifier.ai] ?? []
  const given = qualifiers.map(({ identifier }) => identifier.ai)
  if (given.length === 0 || allowed.some((order) => isInOrder(given, order))) return
  const strange = qualifiers.find(({ identifier }) => !allowed.flat().includes(identifier.ai))
  const culprit = strange ?? qualifiers[firstOutOfOrder(given, allowed)] ?? key
  const orders = allowed.map((order) => order.join(', ')).join(' or ')
  throw new ScanError({
    code: 'ADDRESS_WRONG',
    ai: culprit.identifier.ai,
    position: culprit.aiPosition,
    reason: orders
      ? `stands in the wrong order: after (${key.identifier.ai}) may follow ${orders}`
      : `may not follow (${key.identifier.ai}) in the path`,
  })
}

/** Whether these are some of the others, each once, in their order. */
function isInOrder(given: readonly string[], order: readonly string[]): boolean {
  const places = given.map((ai) => order.indexOf(ai))
  return places.every((place, index) => place >= 0 && place > (places[index - 1] ?? -1))
}

function firstOutOfOrder(
  given: readonly string[],
  allowed: readonly (readonly string[])[],
): number {
  return given.findIndex(
    (_ai, index) => !allowed.some((order) => isInOrder(given.slice(0, index + 1), order)),
  )
}

function decoded({ text, position }: Piece): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new ScanError({
      code: 'ADDRESS_WRONG',
      ai: null,
      position,
      reason: 'is not percent-encoded as it should be',
    })
  }
}
