import type { Seed } from './seed.ts'

type Item = Record<string, unknown>

export type TestedList = {
  path: string
  /** The orders that it has; null: it has one, and takes no `sort`. */
  sorts: readonly (string | null)[]
  /** What besides the page is asked for. */
  input?: (seed: Seed) => object
  /** What tells two items apart. Default: `id`. */
  keyOf?: (item: Item) => string
  /** What an item is ordered by. Default: the field of the sort's name. */
  valueOf?: (item: Item, sort: string | null) => unknown
}

const levelKey = ({ productId, locationId, lotId }: Item) => [productId, locationId, lotId].join()

const productKey = ({ productId }: Item) => String(productId)

const allTime = { from: new Date(0), before: new Date('2100-01-01T00:00:00Z') }

/** Every list that comes in pages. */
export const lists: readonly TestedList[] = [
  { path: 'users.list', sorts: ['username', 'createdAt'] },
  {
    path: 'sessions.list',
    sorts: ['lastUsedAt', 'createdAt'],
    input: ({ userId }) => ({ userId }),
  },
  { path: 'apiKeys.list', sorts: ['createdAt', 'name'] },
  { path: 'audit.list', sorts: ['id', 'recordedAt'] },
  {
    path: 'attachments.list',
    sorts: ['createdAt'],
    input: ({ trackedId }) => ({ entity: 'product', entityId: trackedId }),
  },
  { path: 'categories.list', sorts: ['name', 'createdAt'] },
  { path: 'products.list', sorts: ['name', 'sku', 'createdAt'] },
  { path: 'locations.list', sorts: ['code', 'name', 'createdAt'] },
  { path: 'partners.list', sorts: ['name', 'code', 'createdAt'] },
  {
    path: 'lots.list',
    sorts: ['code', 'expiresOn', 'createdAt'],
    // What does not expire comes after all that does.
    valueOf: (item, sort) =>
      sort === 'expiresOn' ? (item.expiresOn ?? '9999-12-31') : item[sort ?? ''],
  },
  {
    path: 'lots.trace',
    sorts: ['partner', 'occurredAt'],
    input: ({ tracedLotId }) => ({ id: tracedLotId }),
    keyOf: ({ movementId }) => String(movementId),
    valueOf: (item, sort) => (sort === 'partner' ? item.partnerName : item.occurredAt),
  },
  { path: 'movements.list', sorts: ['id', 'occurredAt'] },
  { path: 'reservations.list', sorts: ['createdAt'] },
  { path: 'checks.list', sorts: ['createdAt'] },
  {
    path: 'checks.lines',
    sorts: ['place'],
    input: ({ checkId }) => ({ checkId }),
    valueOf: ({ locationCode }) => locationCode,
  },
  {
    path: 'reports.lowStock',
    sorts: ['urgency', 'sku'],
    keyOf: productKey,
    valueOf: (item, sort) => (sort === 'sku' ? item.sku : item.onHand),
  },
  {
    path: 'reports.movementSummary',
    sorts: ['period'],
    input: () => ({ ...allTime, by: 'day' }),
    keyOf: ({ period }) => String(period),
  },
  {
    path: 'reports.stockByCategory',
    sorts: ['value', 'products'],
    keyOf: ({ categoryId }) => String(categoryId),
    valueOf: (item, sort) => Number(item[sort === 'products' ? 'products' : 'value']),
  },
  {
    path: 'reports.slowMovers',
    sorts: ['lastOutgoing', 'value'],
    keyOf: productKey,
    valueOf: (item, sort) => (sort === 'value' ? Number(item.value) : item.lastOutgoingAt),
  },
  {
    path: 'reports.abc',
    sorts: ['turnover'],
    input: () => allTime,
    keyOf: productKey,
    valueOf: ({ turnover }) => Number(turnover),
  },
  {
    path: 'reports.expiringLots',
    sorts: ['expiresOn'],
    input: () => ({ until: '2027-12-31' }),
    keyOf: levelKey,
  },
  { path: 'stock.levels', sorts: ['sku', 'onHand'], keyOf: levelKey },
  { path: 'stock.asOf', sorts: ['sku'], keyOf: levelKey, input: () => ({ at: new Date() }) },
  {
    path: 'stock.history',
    sorts: [null],
    input: ({ productIds }) => ({ productId: productIds[0] }),
    valueOf: ({ occurredAt }) => occurredAt,
  },
]

export const keyOfItem = (list: TestedList, item: Item) => list.keyOf?.(item) ?? String(item.id)

export const valueOfItem = (list: TestedList, item: Item, sort: string | null) =>
  list.valueOf ? list.valueOf(item, sort) : item[sort ?? '']
