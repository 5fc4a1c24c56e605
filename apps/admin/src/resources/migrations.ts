import Storage from '@mui/icons-material/Storage'
import { describe } from './describe.ts'

/** What the database is made of. Migrations are applied by commands alone. */
export const migrations = describe({
  name: 'migrations',
  group: 'system',
  icon: Storage,
  list: 'migrations.list',
  title: 'name',
  columns: ['name', 'state', 'appliedAt', 'appliedBy', 'durationMs'],
  idOf: ({ name }) => String(name),
})
