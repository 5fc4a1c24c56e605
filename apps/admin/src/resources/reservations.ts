import BookmarkAdded from '@mui/icons-material/BookmarkAdded'
import BookmarkRemove from '@mui/icons-material/BookmarkRemove'
import { describe } from './describe.ts'

export const reservations = describe({
  name: 'reservations',
  group: 'stock',
  icon: BookmarkAdded,
  list: 'reservations.list',
  get: 'reservations.get',
  title: 'productName',
  columns: [
    'createdAt',
    'productName',
    'locationCode',
    'quantity',
    'open',
    'status',
    'expiresAt',
    'reference',
    'createdByName',
  ],
  hidden: ['sku', 'productId', 'locationId', 'lotId', 'createdBy', 'partnerName'],
  kinds: { note: 'longText' },
  auditEntity: 'reservation',
  actions: [
    {
      name: 'release',
      procedure: 'reservations.release',
      icon: BookmarkRemove,
      appliesTo: ({ open }) => open > 0,
      ask: ['quantity'],
    },
  ],
})
