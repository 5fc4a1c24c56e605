/**
 * The application identifiers (AI) of GS1's General Specifications, as its Barcode Syntax Dictionary
 * has them. A format is a row of parts: a kind, a length (`6`) or a range from 1 (`..20`), and in
 * brackets what may be absent. Kinds: `N` digits, `K` digits that end with a check digit, `D` a day
 * `YYMMDD` whose day may be 00, `E` a day that has to be one, `T` a time `HHMM`, `B` yes or no as 1
 * or 0, `X`, `Y` and `Z` text in GS1's character sets 82, 39 and 64.
 */
export type Identifier = {
  ai: string
  /** What GS1 prints beside the data. */
  title: string
  format: string
  /** Of each group one must stand in the same data. */
  needs: readonly (readonly string[])[]
  /** None of these may stand in the same data. */
  forbids: readonly string[]
}

type Rules = { needs?: readonly string[]; forbids?: string }
type Row = readonly [ais: string, format: string, title: string, rules?: Rules]

/** Data about one trade item. */
const item: Rules = { needs: ['01 02 8006 8026'] }
const gtinOrContent: Rules = { needs: ['01 02'] }
const gtin: Rules = { needs: ['01'] }
const gtinOrPiece: Rules = { needs: ['01 8006'] }
const logisticUnit: Rules = { needs: ['00'] }
const measured = '30 31nn 32nn 35nn 36nn'

const rows: readonly Row[] = [
  ['00', 'K18', 'SSCC'],
  ['01', 'K14', 'GTIN', { forbids: '02 255 37' }],
  ['02', 'K14', 'CONTENT', { needs: ['37'] }],
  ['10', 'X..20', 'BATCH/LOT', item],
  ['11', 'D6', 'PROD DATE', item],
  ['12', 'D6', 'DUE DATE', { needs: ['8020'] }],
  ['13', 'D6', 'PACK DATE', item],
  ['15', 'D6', 'BEST BEFORE or BEST BY', item],
  ['16', 'D6', 'SELL BY', item],
  ['17', 'D6', 'USE BY or EXPIRY', { needs: ['01 02 255 8006 8026'] }],
  ['20', 'N2', 'VARIANT', item],
  ['21', 'X..20', 'SERIAL', { ...gtinOrPiece, forbids: '235' }],
  ['22', 'X..20', 'CPV', gtin],
  ['235', 'X..28', 'TPX', gtin],
  ['240', 'X..30', 'ADDITIONAL ID', item],
  ['241', 'X..30', 'CUST. PART No.', item],
  ['242', 'N..6', 'MTO VARIANT', item],
  ['243', 'X..20', 'PCN', gtin],
  ['250', 'X..30', 'SECONDARY SERIAL', { needs: ['01 8006', '21'] }],
  ['251', 'X..30', 'REF. TO SOURCE', gtinOrPiece],
  ['253', 'K13 [X..17]', 'GDTI'],
  ['254', 'X..20', 'GLN EXTENSION COMPONENT', { needs: ['414'] }],
  ['255', 'K13 [N..12]', 'GCN', { forbids: '01 02 415 8006 8020 8026' }],
  ['30', 'N..8', 'VAR. COUNT', gtinOrContent],
  ['37', 'N..8', 'COUNT', { needs: ['00', '02 8026'] }],
  ['390n', 'N..15', 'AMOUNT', { needs: ['255 8020'], forbids: '390n 391n 394n 8111' }],
  ['391n', 'N3 N..15', 'AMOUNT', { needs: ['8020'], forbids: '391n' }],
  ['392n', 'N..15', 'PRICE', { needs: ['01', measured], forbids: '392n 393n' }],
  ['393n', 'N3 N..15', 'PRICE', { needs: [measured], forbids: '393n' }],
  ['3940-3943', 'N4', 'PRCNT OFF', { needs: ['255'], forbids: '394n 8111' }],
  ['3950-3955', 'N6', 'PRICE/UoM', { needs: [measured], forbids: '392n 393n 395n 8005' }],
  ['400', 'X..30', 'ORDER NUMBER'],
  ['401', 'X..30', 'GINC'],
  ['402', 'K17', 'GSIN'],
  ['403', 'X..30', 'ROUTE', logisticUnit],
  ['410', 'K13', 'SHIP TO LOC'],
  ['411', 'K13', 'BILL TO'],
  ['412', 'K13', 'PURCHASE FROM'],
  ['413', 'K13', 'SHIP FOR LOC'],
  ['414', 'K13', 'LOC No.'],
  ['415', 'K13', 'PAY TO', { needs: ['8020'] }],
  ['416', 'K13', 'PROD/SERV LOC'],
  ['417', 'K13', 'PARTY'],
  ['420', 'X..20', 'SHIP TO POST', { forbids: '421' }],
  ['421', 'N3 X..9', 'SHIP TO POST', { forbids: '4307' }],
  ['422', 'N3', 'ORIGIN', { ...item, forbids: '426' }],
  ['423', 'N..15', 'COUNTRY - INITIAL PROCESS', { ...gtinOrContent, forbids: '426' }],
  ['424', 'N3', 'COUNTRY - PROCESS', { ...gtinOrContent, forbids: '426' }],
  ['425', 'N..15', 'COUNTRY - DISASSEMBLY', { ...gtinOrContent, forbids: '426' }],
  ['426', 'N3', 'COUNTRY - FULL PROCESS', gtinOrContent],
  ['427', 'X..3', 'ORIGIN SUBDIVISION', { needs: ['01 02', '422'] }],
  ['4300', 'X..35', 'SHIP TO COMP', logisticUnit],
  ['4301', 'X..35', 'SHIP TO NAME', logisticUnit],
  ['4302', 'X..70', 'SHIP TO ADD1', logisticUnit],
  ['4303', 'X..70', 'SHIP TO ADD2', { needs: ['4302'] }],
  ['4304', 'X..70', 'SHIP TO SUB', logisticUnit],
  ['4305', 'X..70', 'SHIP TO LOC', logisticUnit],
  ['4306', 'X..70', 'SHIP TO REG', logisticUnit],
  ['4307', 'X2', 'SHIP TO COUNTRY', logisticUnit],
  ['4308', 'X..30', 'SHIP TO PHONE', logisticUnit],
  ['4309', 'N20', 'SHIP TO GEO', logisticUnit],
  ['4310', 'X..35', 'RTN TO COMP', logisticUnit],
  ['4311', 'X..35', 'RTN TO NAME', logisticUnit],
  ['4312', 'X..70', 'RTN TO ADD1', logisticUnit],
  ['4313', 'X..70', 'RTN TO ADD2', { needs: ['4312'] }],
  ['4314', 'X..70', 'RTN TO SUB', logisticUnit],
  ['4315', 'X..70', 'RTN TO LOC', logisticUnit],
  ['4316', 'X..70', 'RTN TO REG', logisticUnit],
  ['4317', 'X2', 'RTN TO COUNTRY', logisticUnit],
  ['4318', 'X..20', 'RTN TO POST', logisticUnit],
  ['4319', 'X..30', 'RTN TO PHONE', logisticUnit],
  ['4320', 'X..35', 'SRV DESCRIPTION', logisticUnit],
  ['4321', 'B1', 'DANGEROUS GOODS', logisticUnit],
  ['4322', 'B1', 'AUTH TO LEAVE', logisticUnit],
  ['4323', 'B1', 'SIG REQUIRED', logisticUnit],
  ['4324', 'D6 T4', 'NOT BEF DEL DT', logisticUnit],
  ['4325', 'D6 T4', 'NOT AFT DEL DT', logisticUnit],
  ['4326', 'E6', 'REL DATE', logisticUnit],
  ['4330', 'N6 [X1]', 'MAX TEMP F.', { ...logisticUnit, forbids: '4331' }],
  ['4331', 'N6 [X1]', 'MAX TEMP C.', { ...logisticUnit, forbids: '4330' }],
  ['4332', 'N6 [X1]', 'MIN TEMP F.', { ...logisticUnit, forbids: '4333' }],
  ['4333', 'N6 [X1]', 'MIN TEMP C.', { ...logisticUnit, forbids: '4332' }],
  ['7001', 'N13', 'NSN', item],
  ['7002', 'X..30', 'MEAT CUT', gtinOrContent],
  ['7003', 'E6 T4', 'EXPIRY TIME', gtinOrContent],
  ['7004', 'N..4', 'ACTIVE POTENCY', { needs: ['01', '10'] }],
  ['7005', 'X..12', 'CATCH AREA', gtinOrContent],
  ['7006', 'E6', 'FIRST FREEZE DATE', gtinOrContent],
  ['7007', 'E6 [E6]', 'HARVEST DATE', gtinOrContent],
  ['7008', 'X..3', 'AQUATIC SPECIES', gtinOrContent],
  ['7009', 'X..10', 'FISHING GEAR TYPE', gtinOrContent],
  ['7010', 'X..2', 'PROD METHOD', gtinOrContent],
  ['7011', 'E6 [T4]', 'TEST BY DATE', gtinOrContent],
  ['7020', 'X..20', 'REFURB LOT', { needs: ['01 8006', '416'] }],
  ['7021', 'X..20', 'FUNC STAT', gtinOrPiece],
  ['7022', 'X..20', 'REV STAT', { needs: ['7021'] }],
  ['7023', 'X..30', 'GIAI - ASSEMBLY'],
  ['703n', 'N3 X..27', 'PROCESSOR', gtinOrContent],
  ['7040', 'N1 X3', 'UIC+EXT'],
  ['710-715', 'X..20', 'NHRN', gtin],
  ['723n', 'X2 X..28', 'CERT', { needs: ['01 8004'] }],
  ['7240', 'X..20', 'PROTOCOL', gtinOrPiece],
  ['7241', 'N2', 'AIDC MEDIA TYPE', { needs: ['8017 8018'] }],
  ['7242', 'X..25', 'VCN', { needs: ['8017 8018'] }],
  ['8001', 'N14', 'DIMENSIONS', gtin],
  ['8002', 'X..20', 'CMT No.'],
  ['8003', 'N1 K13 [X..16]', 'GRAI'],
  ['8004', 'X..30', 'GIAI'],
  ['8005', 'N6', 'PRICE PER UNIT', gtinOrContent],
  ['8006', 'K14 N4', 'ITIP', { forbids: '01 37' }],
  ['8007', 'X..34', 'IBAN', { needs: ['415'] }],
  ['8008', 'N8 [N..4]', 'PROD TIME', gtinOrContent],
  ['8009', 'X..50', 'OPTSEN', { needs: ['00 01'] }],
  ['8010', 'Y..30', 'CPID'],
  ['8011', 'N..12', 'CPID SERIAL', { needs: ['8010'] }],
  ['8012', 'X..20', 'VERSION', gtinOrPiece],
  ['8013', 'X..25', 'GMN'],
  ['8017', 'K18', 'GSRN - PROVIDER', { forbids: '8018' }],
  ['8018', 'K18', 'GSRN - RECIPIENT', { forbids: '8017' }],
  ['8019', 'N..10', 'SRIN', { needs: ['8017 8018'] }],
  ['8020', 'X..25', 'REF No.', { needs: ['415'] }],
  ['8026', 'K14 N4', 'ITIP CONTENT', { needs: ['37'], forbids: '02 8006' }],
  ['8030', 'Z..90', 'DIGSIG', { needs: ['00 01 253 255 8003 8004 8006 8010 8017 8018'] }],
  ['8110', 'X..70', 'COUPON'],
  ['8111', 'N4', 'POINTS', { needs: ['255'] }],
  ['8112', 'X..70', 'COUPON'],
  ['8200', 'X..70', 'PRODUCT URL', gtin],
  ['90', 'X..30', 'INTERNAL'],
  ['91-99', 'X..90', 'INTERNAL'],
]

/** A trade item's own measures; the last digit of the AI says how many decimals there are. */
const itemMeasures: Readonly<Record<string, string>> = {
  310: 'NET WEIGHT (kg)',
  311: 'LENGTH (m)',
  312: 'WIDTH (m)',
  313: 'HEIGHT (m)',
  314: 'AREA (m²)',
  315: 'NET VOLUME (l)',
  316: 'NET VOLUME (m³)',
  320: 'NET WEIGHT (lb)',
  321: 'LENGTH (in)',
  322: 'LENGTH (ft)',
  323: 'LENGTH (yd)',
  324: 'WIDTH (in)',
  325: 'WIDTH (ft)',
  326: 'WIDTH (yd)',
  327: 'HEIGHT (in)',
  328: 'HEIGHT (ft)',
  329: 'HEIGHT (yd)',
  350: 'AREA (in²)',
  351: 'AREA (ft²)',
  352: 'AREA (yd²)',
  356: 'NET WEIGHT (t oz)',
  357: 'NET VOLUME (oz)',
  360: 'NET VOLUME (qt)',
  361: 'NET VOLUME (gal.)',
  364: 'VOLUME (in³)',
  365: 'VOLUME (ft³)',
  366: 'VOLUME (yd³)',
}

/** The same of what is carried and stored, with its wrapping. */
const logisticMeasures: Readonly<Record<string, string>> = {
  330: 'GROSS WEIGHT (kg)',
  331: 'LENGTH (m), log',
  332: 'WIDTH (m), log',
  333: 'HEIGHT (m), log',
  334: 'AREA (m²), log',
  335: 'VOLUME (l), log',
  336: 'VOLUME (m³), log',
  340: 'GROSS WEIGHT (lb)',
  341: 'LENGTH (in), log',
  342: 'LENGTH (ft), log',
  343: 'LENGTH (yd), log',
  344: 'WIDTH (in), log',
  345: 'WIDTH (ft), log',
  346: 'WIDTH (yd), log',
  347: 'HEIGHT (in), log',
  348: 'HEIGHT (ft), log',
  349: 'HEIGHT (yd), log',
  353: 'AREA (in²), log',
  354: 'AREA (ft²), log',
  355: 'AREA (yd²), log',
  362: 'VOLUME (qt), log',
  363: 'VOLUME (gal.), log',
  367: 'VOLUME (in³), log',
  368: 'VOLUME (ft³), log',
  369: 'VOLUME (yd³), log',
}

function measureRows(titles: Readonly<Record<string, string>>, needs: string): Row[] {
  return Object.entries(titles).map(([stem, title]) => [
    `${stem}0-${stem}5`,
    'N6',
    title,
    { needs: [needs], forbids: `${stem}n` },
  ])
}

/** `91-99`, `390n` and `01` written out. */
function spelledOut(ais: string): string[] {
  const [first = '', last = first] = ais.endsWith('n')
    ? [ais.replace('n', '0'), ais.replace('n', '9')]
    : ais.split('-')
  const count = Number(last) - Number(first) + 1
  return Array.from({ length: count }, (_, index) =>
    String(Number(first) + index).padStart(first.length, '0'),
  )
}

const identifiers = new Map<string, Identifier>(
  [
    ...rows,
    ...measureRows(itemMeasures, '01 02'),
    ...measureRows(logisticMeasures, '00 01'),
    ...measureRows({ 337: 'KG PER m²' }, '01'),
  ].flatMap(([ais, format, title, rules]) =>
    spelledOut(ais).map((ai) => [
      ai,
      {
        ai,
        title,
        format,
        needs: rules?.needs?.map((group) => group.split(' ')) ?? [],
        forbids: rules?.forbids?.split(' ') ?? [],
      },
    ]),
  ),
)

/** The application identifier of exactly these digits. */
export function identifierOf(ai: string): Identifier | undefined {
  return identifiers.get(ai)
}

/** The application identifier that a text begins with: no one is the beginning of another. */
export function identifierAtStartOf(text: string): Identifier | undefined {
  return [2, 3, 4].flatMap((length) => identifiers.get(text.slice(0, length)) ?? [])[0]
}

/** How many characters of data follow an AI that needs no separator after it, by its first two digits. */
const predefinedLengths: readonly (readonly [first: number, last: number, length: number])[] = [
  [0, 0, 18],
  [1, 3, 14],
  [4, 4, 16],
  [11, 19, 6],
  [20, 20, 2],
  [31, 36, 6],
  [41, 41, 13],
]

/** Characters of data after this AI when no separator has to end them; `undefined`: a separator does. */
export function predefinedLength(ai: string): number | undefined {
  const prefix = Number(ai.slice(0, 2))
  return predefinedLengths.find(([first, last]) => prefix >= first && prefix <= last)?.[2]
}
