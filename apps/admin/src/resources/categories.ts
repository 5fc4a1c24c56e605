import Category from '@mui/icons-material/Category'
import { archiving } from './actions.ts'
import { describe } from './describe.ts'

export const categories = describe({
  name: 'categories',
  group: 'masterData',
  icon: Category,
  list: 'categories.list',
  get: 'categories.get',
  create: 'categories.create',
  update: 'categories.update',
  title: 'name',
  columns: ['name', 'parentId', 'updatedAt'],
  listEditable: ['name'],
  references: { parentId: 'categories' },
  related: [
    { resource: 'categories', target: 'parentId' },
    { resource: 'products', target: 'categoryId' },
  ],
  actions: archiving('categories.archive'),
  auditEntity: 'category',
  isTree: true,
  cloneWithout: ['name'],
})
