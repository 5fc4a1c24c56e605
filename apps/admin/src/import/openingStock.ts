import { type ApiInputs, type ApiOutputs, isStockbookError } from '@stockbook/client'
import { contract } from '@stockbook/client/contract'
import { asDay, asDecimal, asText } from './cells.ts'
import { checkInput, missingCells, readCells } from './checkRow.ts'
import { commandIdOf } from './commandIdOf.ts'
import type { ImportField, MappedRow } from './fields.ts'
import { folded, lookUp } from './lookUp.ts'
import type { Importer, ImportStep, PlannedRow, RowIssue } from './plan.ts'

type Line = Extract<
  NonNullable<ApiInputs['movements']['post']['lines']>[number],
  { type: 'incoming' }
>
type Lot = ApiOutputs['lots']['get']

/** What becomes of one row: the line to post, and the lot that must be made first. */
type Goods = {
  line: Line
  /** Product, place and lot: no two rows may name the same. */
  key: string
  newLot: { productId: string; code: string; expiresOn: string | null } | null
}

/** The most rows that are posted together. */
export const rowsInChunk = 1000

const fields: ImportField[] = [
  {
    key: 'sku',
    required: true,
    names: ['артикул', 'product', 'товар', 'код товара'],
    read: asText,
  },
  {
    key: 'location',
    required: true,
    names: ['location code', 'bin', 'место', 'ячейка', 'код места'],
    read: asText,
  },
  {
    key: 'quantity',
    required: true,
    names: ['qty', 'on hand', 'количество', 'кол-во', 'остаток'],
    read: asDecimal,
  },
  { key: 'packaging', required: false, names: ['unit', 'упаковка', 'единица'], read: asText },
  { key: 'lot', required: false, names: ['lot code', 'batch', 'партия', 'серия'], read: asText },
  {
    key: 'expiresOn',
    required: false,
    names: ['expires', 'expiry', 'expiry date', 'best before', 'годен до', 'срок годности'],
    read: asDay,
  },
]

/**
 * What lies in the warehouse before the book begins, posted as incoming movements. Each chunk of rows
 * is posted as a whole or not at all, under an id made of what the file says, so that the same file is
 * posted once. A place that holds some of the goods already is refused: they would count twice.
 */
export const openingStockImporter: Importer = {
  fields,
  choosesExisting: false,
  async plan(client, rows, { locale, signal }) {
    const [products, locations] = await Promise.all([
      lookUp(client.products.list, { archived: 'all' }, ({ sku }) => folded(sku), signal),
      lookUp(client.locations.list, { archived: 'all' }, ({ code }) => folded(code), signal),
    ])
    const lots = await lotsOf(rows)
    const levels = await lookUp(
      client.stock.levels,
      {},
      ({ productId, locationId, lotCode }) => goodsKey(productId, locationId, lotCode ?? ''),
      signal,
    )
    const rowOfKey = new Map<string, number>()

    const planned = rows.map((row) => planGoods(row))
    const chunks = Array.from({ length: Math.ceil(planned.length / rowsInChunk) }, (_, index) =>
      planned.slice(index * rowsInChunk, (index + 1) * rowsInChunk),
    )
    const fileText = rows.map(({ values }) => fields.map(({ key }) => values[key] ?? ''))
    const steps: ImportStep[] = []
    for (const [number, chunk] of chunks.entries()) {
      const commandId = await commandIdOf(fileText, number)
      const step = await planChunk(chunk, commandId)
      if (step !== null) steps.push(step)
    }
    return { rows: planned.map(({ row }) => row), steps, concurrency: 1 }

    async function lotsOf(all: readonly MappedRow[]): Promise<Map<string, Lot>> {
      const tracked = new Set(
        all.flatMap(({ values }) => {
          const product = products.get(folded(values.sku ?? ''))
          return product?.tracking === 'lot' ? [product.id] : []
        }),
      )
      const found = new Map<string, Lot>()
      for (const productId of tracked) {
        const ofProduct = await lookUp(
          client.lots.list,
          { productId, archived: 'all' },
          ({ code }) => code,
          signal,
        )
        for (const lot of ofProduct.values()) found.set(lotKey(productId, lot.code), lot)
      }
      return found
    }

    function planGoods(row: MappedRow): { row: PlannedRow; goods: Goods | null } {
      const { given, issues } = readCells(row, fields)
      issues.push(...missingCells(row, fields))
      const { sku = '', location: place = '', lot = '', packaging: unit = '' } = row.values
      const plannedRow: PlannedRow = {
        number: row.number,
        name: [sku, place, lot].filter(Boolean).join(' / '),
        action: 'refuse',
        issues,
        changes: [],
      }
      const product = products.get(folded(sku))
      const location = locations.get(folded(place))
      if (sku !== '' && product === undefined) issues.push(missing('sku', sku))
      if (place !== '' && location === undefined) issues.push(missing('location', place))
      if (product !== undefined && product.archivedAt !== null) {
        issues.push({ field: 'sku', code: 'ARCHIVED' })
      }
      if (location !== undefined && location.archivedAt !== null) {
        issues.push({ field: 'location', code: 'ARCHIVED' })
      }
      if (location !== undefined && location.kind !== 'bin') {
        issues.push({ field: 'location', code: 'LOCATION_HOLDS_NO_STOCK' })
      }
      if (product === undefined || location === undefined || issues.length > 0) {
        return { row: plannedRow, goods: null }
      }

      const packaging = product.packagings.find(
        ({ name, archivedAt }) => archivedAt === null && folded(name) === folded(unit),
      )
      if (unit !== '' && packaging === undefined && folded(unit) !== folded(product.baseUnit)) {
        issues.push(missing('packaging', unit))
      }
      const knownLot = lots.get(lotKey(product.id, lot))
      issues.push(...lotIssues(product.tracking, lot, knownLot, given.expiresOn))

      const key = goodsKey(product.id, location.id, lot)
      const first = rowOfKey.get(key)
      if (first !== undefined)
        issues.push({ field: null, code: 'REPEATED_IN_FILE', facts: { first } })
      else rowOfKey.set(key, row.number)

      const decimal = String(given.quantity)
      const whole = /^(\d+)(?:\.0+)?$/.exec(decimal)?.[1]
      if (packaging === undefined && whole === undefined) {
        issues.push({ field: 'quantity', code: 'QUANTITY_NOT_WHOLE', facts: { text: decimal } })
      }
      const line: Line = {
        type: 'incoming',
        productId: product.id,
        lotId: knownLot?.id ?? null,
        quantity: packaging === undefined ? Number(whole) : decimal,
        packagingId: packaging?.id ?? null,
        toLocationId: location.id,
      }
      const checked = checkInput(contract.movements.post.input.shape.lines.element, line, locale, {
        toLocationId: 'location',
        lotId: 'lot',
        productId: 'sku',
        packagingId: 'packaging',
      })
      if ('issues' in checked && issues.length === 0) issues.push(...checked.issues)
      if (issues.length > 0) return { row: plannedRow, goods: null }
      plannedRow.action = 'post'
      const newLot =
        lot === '' || knownLot !== undefined
          ? null
          : {
              productId: product.id,
              code: lot,
              expiresOn: (given.expiresOn as string | undefined) ?? null,
            }
      return { row: plannedRow, goods: { line, key, newLot } }
    }

    async function planChunk(
      chunk: readonly { row: PlannedRow; goods: Goods | null }[],
      commandId: string,
    ): Promise<ImportStep | null> {
      const posted = await client.movements.list.query({ commandId, limit: 1 }, { signal })
      if (posted.items.length > 0) {
        for (const { row } of chunk) {
          row.action = 'unchanged'
          row.issues = []
        }
        return null
      }
      for (const { row, goods } of chunk) {
        const level = goods === null ? undefined : levels.get(goods.key)
        if (level === undefined) continue
        row.action = 'refuse'
        row.issues.push({ field: null, code: 'STOCK_THERE', facts: { onHand: level.onHand } })
      }
      if (chunk.some(({ row }) => row.action === 'refuse')) {
        for (const { row } of chunk) if (row.action === 'post') row.action = 'held'
        return null
      }
      return {
        rows: chunk.map(({ row }) => row),
        run: async () => {
          const lines = []
          for (const { goods } of chunk) {
            if (goods !== null) lines.push(await lineWithLot(goods))
          }
          const { replayed } = await client.movements.post.mutate({
            commandId,
            reference: 'opening stock',
            lines,
          })
          return { replayed }
        },
      }
    }

    async function lineWithLot({ line, newLot }: Goods): Promise<Line> {
      if (newLot === null) return line
      const key = lotKey(newLot.productId, newLot.code)
      const made = lots.get(key) ?? (await makeLot(newLot))
      lots.set(key, made)
      return { ...line, lotId: made.id }
    }

    async function makeLot(newLot: NonNullable<Goods['newLot']>) {
      try {
        return await client.lots.create.mutate(newLot)
      } catch (error) {
        // Made by an earlier run whose answer was lost, or by somebody else since the dry run.
        if (!isStockbookError(error, 'ALREADY_EXISTS')) throw error
        const { items } = await client.lots.list.query({
          productId: newLot.productId,
          search: newLot.code,
          limit: 200,
        })
        const found = items.find(({ code }) => code === newLot.code)
        if (found === undefined) throw error
        return found
      }
    }
  },
}

const goodsKey = (productId: string, locationId: string, lotCode: string) =>
  `${productId} ${locationId} ${lotCode}`

const lotKey = (productId: string, lotCode: string) => `${productId} ${lotCode}`

function missing(field: string, text: string): RowIssue {
  return { field, code: 'REFERENCE_NOT_FOUND', facts: { text } }
}

function lotIssues(
  tracking: 'none' | 'lot',
  lot: string,
  known: Lot | undefined,
  expiresOn: unknown,
): RowIssue[] {
  if (tracking === 'none') {
    return lot === '' && expiresOn === undefined ? [] : [{ field: 'lot', code: 'LOT_NOT_ALLOWED' }]
  }
  if (lot === '') return [{ field: 'lot', code: 'LOT_REQUIRED' }]
  if (known === undefined) return /\s/.test(lot) ? [{ field: 'lot', code: 'NO_SPACES' }] : []
  if (known.archivedAt !== null) return [{ field: 'lot', code: 'ARCHIVED' }]
  if (expiresOn !== undefined && known.expiresOn !== null && known.expiresOn !== expiresOn) {
    return [{ field: 'expiresOn', code: 'LOT_CONFLICT', facts: { known: known.expiresOn } }]
  }
  return []
}
