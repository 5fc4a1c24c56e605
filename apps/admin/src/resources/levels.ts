import Shelves from '@mui/icons-material/Shelves'
import { describe } from './describe.ts'

/** What is on hand now, or was at a moment. */
export const levels = describe({
  name: 'levels',
  group: 'stock',
  icon: Shelves,
  list: 'stock.levels',
  listWith: { filter: 'at', procedure: 'stock.asOf' },
  title: null,
  columns: ['sku', 'productName', 'locationCode', 'lotCode', 'expiresOn', 'onHand', 'baseUnit'],
  hidden: ['productId', 'locationId', 'lotId'],
  kinds: { expiresOn: 'day' },
  idOf: ({ productId, locationId, lotId }) => [productId, locationId, lotId].join('.'),
  rowClick: ({ productId, locationId, lotId }) =>
    `/products/${productId}/show/stockHistory?${new URLSearchParams({ locationId, ...(lotId && { lotId }) }).toString()}`,
})
