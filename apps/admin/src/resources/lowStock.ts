import ProductionQuantityLimits from '@mui/icons-material/ProductionQuantityLimits'
import { describe } from './describe.ts'

/** A report: products at or below their reorder point. */
export const lowStock = describe({
  name: 'lowStock',
  group: 'reports',
  icon: ProductionQuantityLimits,
  list: 'reports.lowStock',
  title: 'productName',
  columns: [
    'sku',
    'productName',
    'onHand',
    'available',
    'reorderPoint',
    'suggestedOrder',
    'baseUnit',
    'supplierName',
  ],
  hidden: ['productId', 'supplierId'],
  referenceFilters: { supplierId: { kind: 'supplier' } },
  idOf: ({ productId }) => String(productId),
  rowClick: ({ productId }) => `/products/${productId}/show`,
})
