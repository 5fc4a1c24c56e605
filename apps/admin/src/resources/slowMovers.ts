import HourglassBottom from '@mui/icons-material/HourglassBottom'
import { describe } from './describe.ts'

/** A report: products on hand of which nothing went out for long. */
export const slowMovers = describe({
  name: 'slowMovers',
  group: 'reports',
  icon: HourglassBottom,
  list: 'reports.slowMovers',
  title: 'productName',
  columns: ['sku', 'productName', 'onHand', 'baseUnit', 'value', 'lastOutgoingAt', 'idleDays'],
  hidden: ['productId'],
  kinds: { value: 'decimal' },
  idOf: ({ productId }) => String(productId),
  rowClick: ({ productId }) => `/products/${productId}/show`,
})
