import DonutSmall from '@mui/icons-material/DonutSmall'
import { describe } from './describe.ts'

/** A report: what the goods on hand are worth. */
export const stockByCategory = describe({
  name: 'stockByCategory',
  group: 'reports',
  icon: DonutSmall,
  list: 'reports.stockByCategory',
  title: 'categoryName',
  columns: ['categoryName', 'products', 'withoutValue', 'value'],
  hidden: ['categoryId'],
  kinds: { value: 'decimal' },
  references: { parentId: 'categories' },
  idOf: ({ categoryId }) => String(categoryId),
})
