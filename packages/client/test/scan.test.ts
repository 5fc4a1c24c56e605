import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Gs1Scan, hasCheckDigit, parseScan, type ScanError } from '../src/scan/index.ts'

const now = new Date('2026-11-25T12:00:00Z')
const gs = '\u001d'
const gtin = '09506000134352'

function gs1(scan: string): Gs1Scan {
  const parsed = parseScan(scan, { now })
  if (parsed.kind !== 'gs1') throw new Error(`taken for plain text: ${scan}`)
  return parsed
}

function faultOf(scan: string): Pick<ScanError, 'code' | 'ai' | 'position' | 'reason'> {
  try {
    parseScan(scan, { now })
  } catch (error) {
    const { code, ai, position, reason } = error as ScanError
    return { code, ai, position, reason }
  }
  throw new Error(`accepted: ${scan}`)
}

describe('the same data means the same, however it is written', () => {
  const data = { gtin, lotCode: 'LOT42', expiresOn: '2026-12-10', serial: null, count: 24 }
  const content = `01${gtin}1726121010LOT42`
  test.each([
    ['GS1-128', `]C1${content}${gs}3024`],
    ['GS1 DataMatrix', `]d2${content}${gs}3024`],
    ['GS1 QR code', `]Q3${content}${gs}3024`],
    ['GS1 DataBar', `]e0${content}${gs}3024`],
    ['a leading FNC1', `${gs}${content}${gs}3024`],
    ['a leading FNC1 after the symbology', `]C1${gs}${content}${gs}3024`],
    ['a separator at its end', `]C1${content}${gs}3024${gs}`],
    ['a needless separator after a predefined length', `]C101${gtin}${gs}1726121010LOT42${gs}3024`],
    ['# for the separator', `]C1${content}#3024`],
    ['# for both separators', `#${content}#3024`],
    ['Alt029', `${content}Alt0293024`],
    ['<GS>', `${content}<GS>3024`],
    ['no symbology, a real separator', `${content}${gs}3024`],
    ['no symbology, # as separator', `${content}#3024`],
    ['line ends and invisible characters', `\ufeff]C1${content}\u200b${gs}3024\r\n`],
    ['another order', `]C110LOT42${gs}3024${gs}172612100109506000134352`],
    ['brackets', `(01)${gtin}(17)261210(10)LOT42(30)24`],
    ['brackets with spaces, as printed', `(01) ${gtin} (17) 261210 (10) LOT42 (30) 24`],
    ['Digital Link', `https://id.gs1.org/01/${gtin}/10/LOT42?17=261210&30=24`],
    ['Digital Link of another host', `http://shop.example/p/x/01/${gtin}/10/LOT42?17=261210&30=24`],
    ['Digital Link in capitals', `HTTPS://ID.GS1.ORG/01/${gtin}/10/LOT42?17=261210&30=24`],
    ['Digital Link with short names', `https://id.gs1.org/gtin/${gtin}/lot/LOT42?exp=261210&30=24`],
    [
      'Digital Link with more in it',
      `https://a.b/01/${gtin}/10/LOT42/?linkType=all&17=261210;30=24#x`,
    ],
    [
      'Digital Link with thirteen digits',
      `https://a.b/01/${gtin.slice(1)}/10/LOT42?17=261210&30=24`,
    ],
    ['Digital Link, percent-encoded', `https://a.b/01/${gtin}/10/%4COT42?17=261210&30=24`],
    ['Digital Link in a plain QR code', `]Q1https://a.b/01/${gtin}/10/LOT42?17=261210&30=24`],
  ])('%s', (_name, scan) => {
    expect(gs1(scan)).toMatchObject(data)
  })
})

test.each([
  ['EAN-13', '9506000134352', gtin],
  ['EAN-13 with its symbology', ']E09506000134352', gtin],
  ['EAN-13 with an add-on', ']E3950600013435212', gtin],
  ['EAN-8', '96385074', '00000096385074'],
  ['EAN-8 with its symbology', ']E496385074', '00000096385074'],
  ['UPC-A', '036000291452', '00036000291452'],
  ['GTIN-14', '19506000134359', '19506000134359'],
])('the bare digits of an %s name a trade item', (_name, scan, expected) => {
  expect(gs1(scan)).toMatchObject({ form: 'gtin', gtin: expected, count: null, lotCode: null })
})

test.each(['A-12', 'SKU 7', '#A-12', '12345', 'https://shop.example/about', '', '0109506000'])(
  'what is no GS1 data is plain text, not doubted: %j',
  (text) => {
    expect(parseScan(text, { now })).toEqual({ kind: 'text', text, doubt: null })
  },
)

test('a text that only looks like GS1 data is plain text, with the reason why it is none', () => {
  expect(parseScan('9506000134353')).toMatchObject({
    kind: 'text',
    text: '9506000134353',
    doubt: { code: 'CHECK_DIGIT_WRONG', ai: '01', position: 12 },
  })
  expect(parseScan(`01${gtin}99`)).toMatchObject({ kind: 'text', doubt: { ai: '99' } })
})

test.each([
  ['261200', '2026-12-31'],
  ['280200', '2028-02-29'],
  ['270200', '2027-02-28'],
  ['761231', '2076-12-31'],
  ['771231', '1977-12-31'],
  ['000101', '2000-01-01'],
])('the expiry %s is %s in the year 2026', (digits, expiresOn) => {
  expect(gs1(`(01)${gtin}(17)${digits}`).expiresOn).toBe(expiresOn)
})

test('the century of a date follows the year in which it is read', () => {
  const read = (year: number) =>
    parseScan(`(01)${gtin}(17)020301`, { now: new Date(Date.UTC(year, 0, 1)) })
  expect(read(2051)).toMatchObject({ expiresOn: '2002-03-01' })
  expect(read(2052)).toMatchObject({ expiresOn: '2102-03-01' })
  expect(read(1952)).toMatchObject({ expiresOn: '2002-03-01' })
})

test('an expiry with a time gives its day', () => {
  expect(gs1(`(01)${gtin}(7003)2612101430`).expiresOn).toBe('2026-12-10')
})

test('what a logistic unit holds is what is counted', () => {
  expect(gs1(`]C100106141411234567897 02${gtin}37 24`.replaceAll(' ', ''))).toMatchObject({
    gtin,
    count: 24,
  })
})

test.each([
  ['3103001250', { value: '1.250', unit: 'kilogram' }],
  ['3100000012', { value: '12', unit: 'kilogram' }],
  ['3105000001', { value: '0.00001', unit: 'kilogram' }],
  ['3152000150', { value: '1.50', unit: 'litre' }],
])('the measure %s has its decimals', (element, measure) => {
  expect(gs1(`]C101${gtin}${element}`).measure).toEqual(measure)
})

test('all that is said is given, in its order, with GS1’s names', () => {
  expect(gs1(`]C101${gtin}21A/b-1${gs}3103001250`).elements).toEqual([
    { ai: '01', title: 'GTIN', value: gtin },
    { ai: '21', title: 'SERIAL', value: 'A/b-1' },
    { ai: '3103', title: 'NET WEIGHT (kg)', value: '001250' },
  ])
})

describe('a fault anywhere refuses the whole scan, and says where', () => {
  test.each([
    ['a wrong check digit', 'CHECK_DIGIT_WRONG', ']C10109506000134353', '01', 5, 'check digit'],
    [
      'a wrong check digit of an EAN',
      'CHECK_DIGIT_WRONG',
      ']E09506000134353',
      '01',
      15,
      'check digit',
    ],
    ['a cut GTIN', 'LENGTH_WRONG', ']C101095060001343', '01', 5, 'should have 14'],
    ['no month', 'DATE_WRONG', `]C101${gtin}17261301`, '17', 21, 'has no such month'],
    ['no day', 'DATE_WRONG', `]C101${gtin}17260230`, '17', 21, 'has no such day'],
    ['a date with letters', 'CHARACTER_WRONG', `]C101${gtin}1726121O`, '17', 21, 'than digits'],
    ['an unknown identifier', 'IDENTIFIER_UNKNOWN', `]C101${gtin}05X`, null, 19, "'05X' does"],
    [
      'a rest that is none',
      'IDENTIFIER_UNKNOWN',
      `]C101${gtin}1726121010L${gs}Z`,
      null,
      31,
      "'Z' does",
    ],
    [
      'a lot that is too long',
      'LENGTH_WRONG',
      `]C101${gtin}10${'L'.repeat(21)}`,
      '10',
      21,
      'has 21',
    ],
    ['an empty lot', 'LENGTH_WRONG', `]C101${gtin}10${gs}3024`, '10', 21, 'has 0'],
    ['a forbidden character', 'CHARACTER_WRONG', `]C101${gtin}10A B`, '10', 21, 'cannot have'],
    ['a count with letters', 'CHARACTER_WRONG', `]C101${gtin}302A`, '30', 21, 'than digits'],
    ['a lot of nothing', 'COMBINATION_WRONG', ']C110LOT42', '10', 3, 'without (01) or (02)'],
    ['a content without a count', 'COMBINATION_WRONG', `]C102${gtin}`, '02', 3, 'without (37)'],
    [
      'an item in itself',
      'COMBINATION_WRONG',
      `]C101${gtin}02${gtin}37 1`.replace(' ', ''),
      '01',
      3,
      'together with (02)',
    ],
    [
      'two weights',
      'COMBINATION_WRONG',
      `]C101${gtin}31030012503102000125`,
      '3103',
      19,
      'together with (310n)',
    ],
    ['one thing twice, differently', 'CONTRADICTION', `]C101${gtin}10A${gs}10B`, '10', 23, 'twice'],
    ['nothing', 'NO_DATA', ']C1', null, 3, 'there is no data'],
    ['brackets around nothing known', 'IDENTIFIER_UNKNOWN', '(05)1', null, 0, 'identifier 05'],
    ['a time that is none', 'DATE_WRONG', `(01)${gtin}(7003)2612102460`, '7003', 30, 'not a time'],
    [
      'qualifiers in another order',
      'ADDRESS_WRONG',
      `https://a.b/01/${gtin}/10/L/22/X`,
      '22',
      35,
      'wrong order',
    ],
    [
      'two kinds of qualifiers',
      'ADDRESS_WRONG',
      `https://a.b/01/${gtin}/10/L/235/X`,
      '235',
      35,
      'wrong order',
    ],
    [
      'a foreign qualifier',
      'ADDRESS_WRONG',
      `https://a.b/01/${gtin}/254/X`,
      '254',
      30,
      'wrong order',
    ],
    ['a path with half a pair', 'ADDRESS_WRONG', `https://a.b/01/${gtin}/10`, '01', 12, 'pairs'],
    [
      'a wrong encoding',
      'ADDRESS_WRONG',
      `https://a.b/01/${gtin}/10/%4`,
      null,
      33,
      'percent-encoded',
    ],
    [
      'unknown data in a query',
      'IDENTIFIER_UNKNOWN',
      `https://a.b/01/${gtin}?05=1`,
      null,
      30,
      'identifier 05',
    ],
    [
      'a wrong check digit in a link',
      'CHECK_DIGIT_WRONG',
      'https://a.b/01/09506000134353',
      '01',
      15,
      'check digit',
    ],
  ])('%s', (_name, code, scan, ai, position, reason) => {
    expect(faultOf(scan)).toMatchObject({ code, ai, reason: expect.stringContaining(reason) })
    expect(faultOf(scan).position).toBe(position)
  })
})

test('the same thing said twice alike is said once', () => {
  expect(gs1(`]C101${gtin}10A${gs}01${gtin}`).elements).toHaveLength(2)
})

const digits = (count: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: count, maxLength: count })

const gtins = digits(13).map((text) => {
  const digit = [...'0123456789'].find((last) => hasCheckDigit(text + last))!
  return text + digit
})

// Without brackets, which have a meaning in bracketed text, and without `<`, `{` and `A` of spelled separators.
const setOf82 = [
  ...'!"%&\'*+,-./0123456789:;=>?BCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz',
]
const texts = fc.string({ unit: fc.constantFrom(...setOf82), minLength: 1, maxLength: 20 })

const days = fc
  .date({ min: new Date('1977-01-01'), max: new Date('2076-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

const labels = fc.record({
  gtin: gtins,
  lotCode: fc.option(texts),
  expiresOn: fc.option(days),
  serial: fc.option(texts),
  count: fc.option(fc.integer({ min: 0, max: 99_999_999 })),
})
type Label = typeof labels extends fc.Arbitrary<infer T> ? T : never

function elementsOf({ gtin, lotCode, expiresOn, serial, count }: Label): [string, string][] {
  const pairs: [string, string | null][] = [
    ['01', gtin],
    ['10', lotCode],
    ['17', expiresOn && expiresOn.slice(2).replaceAll('-', '')],
    ['21', serial],
    ['30', count === null ? null : String(count)],
  ]
  return pairs.filter((pair): pair is [string, string] => pair[1] !== null)
}

const predefined = ['01', '17']

const encoders: Record<string, (label: Label) => string> = {
  'an element string': (label) =>
    `]d2${elementsOf(label)
      .map(([ai, value]) => `${ai}${value}${predefined.includes(ai) ? '' : gs}`)
      .join('')}`,
  'bracketed text': (label) =>
    elementsOf(label)
      .map(([ai, value]) => `(${ai})${value}`)
      .join(''),
  'a Digital Link': (label) => {
    const [path, query] = [
      ['01', '10', '21'],
      ['17', '30'],
    ].map((ais) => elementsOf(label).filter(([ai]) => ais.includes(ai)))
    const asPath = path!.map(([ai, value]) => `/${ai}/${encodeURIComponent(value)}`).join('')
    const asQuery = query!.map(([ai, value]) => `${ai}=${value}`).join('&')
    return `https://example.org/some/where${asPath}?${asQuery}`
  },
}

test.each(Object.entries(encoders))('whatever is written as %s is read back', (_name, encode) => {
  fc.assert(
    fc.property(labels, (label) => {
      expect(gs1(encode(label))).toMatchObject(label)
    }),
  )
})

test('one digit of a GTIN read wrong never makes another product', () => {
  fc.assert(
    fc.property(
      gtins,
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(
        (text: string) => `]C101${text}`,
        (text: string) => `(01)${text}`,
      ),
      (good, place, by, write) => {
        const digit = (Number(good[place]) + by) % 10
        const wrong = `${good.slice(0, place)}${digit}${good.slice(place + 1)}`
        expect(faultOf(write(wrong))).toMatchObject({
          code: 'CHECK_DIGIT_WRONG',
          ai: '01',
        })
      },
    ),
  )
})

test('no text whatever breaks the reader: it is read, refused, or plain', () => {
  const snippets = fc.constantFrom(
    ']C1',
    ']d2',
    '(01)',
    '01',
    '10',
    '17',
    gs,
    '#',
    'https://',
    '/',
    '%',
    '?',
  )
  const strings = fc.array(fc.oneof(snippets, gtins, fc.string({ unit: 'binary' })))
  fc.assert(
    fc.property(strings, (parts) => {
      const scan = parts.join('')
      try {
        expect(['gs1', 'text']).toContain(parseScan(scan, { now }).kind)
      } catch (error) {
        const { name, position } = error as ScanError
        expect(name).toBe('ScanError')
        expect(position).toBeLessThanOrEqual(scan.length)
      }
    }),
    { numRuns: 1_000 },
  )
})
