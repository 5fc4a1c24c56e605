import ManageSearch from '@mui/icons-material/ManageSearch'
import { describe } from './describe.ts'

export const audit = describe({
  name: 'audit',
  group: 'system',
  icon: ManageSearch,
  list: 'audit.list',
  title: null,
  columns: ['recordedAt', 'actorName', 'action', 'entity', 'entityId'],
  hidden: ['actorId'],
  dateField: 'recordedAt',
  kinds: { entity: 'choice', entityId: 'audited', action: 'done' },
})
