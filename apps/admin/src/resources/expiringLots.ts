import EventBusy from '@mui/icons-material/EventBusy'
import { describe } from './describe.ts'

/** A report: lots on hand that expire. */
export const expiringLots = describe({
  name: 'expiringLots',
  group: 'reports',
  icon: EventBusy,
  list: 'reports.expiringLots',
  title: 'lotCode',
  columns: [
    'expiresOn',
    'daysLeft',
    'sku',
    'productName',
    'lotCode',
    'locationCode',
    'onHand',
    'status',
  ],
  hidden: ['productId', 'lotId', 'locationId'],
  kinds: { expiresOn: 'day', value: 'decimal' },
  idOf: ({ lotId, locationId }) => [lotId, locationId].join('.'),
  rowClick: ({ lotId }) => `/lots/${lotId}/show`,
})
