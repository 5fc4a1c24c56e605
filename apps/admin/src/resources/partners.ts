import Handshake from '@mui/icons-material/Handshake'
import { archiving } from './actions.ts'
import { describe } from './describe.ts'

export const partners = describe({
  name: 'partners',
  group: 'masterData',
  icon: Handshake,
  list: 'partners.list',
  get: 'partners.get',
  create: 'partners.create',
  update: 'partners.update',
  title: 'name',
  columns: ['code', 'name', 'kind', 'contactName', 'email', 'phone'],
  listEditable: ['name', 'contactName', 'email', 'phone', 'country'],
  related: [
    { resource: 'movements', target: 'partnerId' },
    { resource: 'reservations', target: 'partnerId' },
  ],
  actions: archiving('partners.archive'),
  auditEntity: 'partner',
  attachedTo: ({ id }) => ({ entity: 'partner', entityId: String(id) }),
  cloneWithout: ['code'],
})
