import Layers from '@mui/icons-material/Layers'
import { archiving } from './actions.ts'
import { describe } from './describe.ts'

export const lots = describe({
  name: 'lots',
  group: 'masterData',
  icon: Layers,
  list: 'lots.list',
  get: 'lots.get',
  create: 'lots.create',
  update: 'lots.update',
  title: 'code',
  columns: ['code', 'productId', 'expiresOn', 'status', 'updatedAt'],
  related: [
    { resource: 'levels', target: 'lotId' },
    { resource: 'movements', target: 'lotId' },
  ],
  actions: archiving('lots.archive'),
  auditEntity: 'lot',
  attachedTo: ({ id }) => ({ entity: 'lot', entityId: String(id) }),
  cloneWithout: ['code'],
})
