import FactCheck from '@mui/icons-material/FactCheck'
import { describe } from './describe.ts'

/** Inventory checks. Their own pages open, review and approve them. */
export const checks = describe({
  name: 'checks',
  group: 'stock',
  icon: FactCheck,
  list: 'checks.list',
  get: 'checks.get',
  create: 'checks.open',
  title: 'title',
  columns: ['title', 'status', 'lines', 'toCount', 'round', 'openedByName', 'createdAt'],
  hidden: ['openedBy', 'approvedBy', 'commandId'],
  kinds: { acceptPercent: 'decimal', acceptValue: 'decimal', recountPercent: 'decimal' },
  auditEntity: 'check',
  cloneWithout: [],
})
