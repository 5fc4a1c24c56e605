import Timeline from '@mui/icons-material/Timeline'
import { describe } from './describe.ts'

/** The movements of one product, with what was on hand after each: a tab of the product's page. */
export const stockHistory = describe({
  name: 'stockHistory',
  group: null,
  icon: Timeline,
  list: 'stock.history',
  title: null,
  columns: [
    'occurredAt',
    'type',
    'change',
    'onHandAfter',
    'fromLocationId',
    'toLocationId',
    'lotCode',
    'reference',
    'actorName',
  ],
  hidden: ['line', 'packagingId', 'reservationId', 'checkLineId', 'compensatesId'],
  kinds: { packagingQuantity: 'decimal', note: 'longText' },
  references: { reversesId: 'movements', reversedById: 'movements' },
  rowClick: ({ id }) => `/movements/${id}/show`,
})
