import Warehouse from '@mui/icons-material/Warehouse'
import { archiving } from './actions.ts'
import { describe } from './describe.ts'

export const locations = describe({
  name: 'locations',
  group: 'masterData',
  icon: Warehouse,
  list: 'locations.list',
  get: 'locations.get',
  create: 'locations.create',
  update: 'locations.update',
  title: 'code',
  columns: ['code', 'name', 'kind', 'parentId', 'pickSequence'],
  listEditable: ['name', 'pickSequence'],
  references: { parentId: 'locations' },
  related: [
    { resource: 'levels', target: 'locationId' },
    { resource: 'locations', target: 'parentId' },
    { resource: 'movements', target: 'locationId' },
  ],
  actions: archiving('locations.archive'),
  auditEntity: 'location',
  isTree: true,
  cloneWithout: ['code'],
})
