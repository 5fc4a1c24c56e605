import Inventory2 from '@mui/icons-material/Inventory2'
import { archiving } from './actions.ts'
import { describe } from './describe.ts'

export const products = describe({
  name: 'products',
  group: 'masterData',
  icon: Inventory2,
  list: 'products.list',
  get: 'products.get',
  create: 'products.create',
  update: 'products.update',
  title: 'name',
  columns: ['sku', 'name', 'categoryId', 'baseUnit', 'tracking', 'reorderPoint', 'unitPrice'],
  listEditable: [
    'name',
    'categoryId',
    'baseUnit',
    'reorderPoint',
    'minimumStock',
    'maximumStock',
    'abcClass',
    'unitPrice',
  ],
  referenceFilters: { supplierId: { kind: 'supplier' } },
  related: [
    { resource: 'levels', target: 'productId' },
    { resource: 'lots', target: 'productId' },
    { resource: 'movements', target: 'productId' },
    { resource: 'reservations', target: 'productId' },
  ],
  actions: archiving('products.archive'),
  auditEntity: 'product',
  attachedTo: ({ id }) => ({ entity: 'product', entityId: String(id) }),
  hasPicture: true,
  cloneWithout: ['sku', 'codes'],
})
