import Schedule from '@mui/icons-material/Schedule'
import { describe } from './describe.ts'

/** What the servers do by the clock, by themselves. */
export const jobs = describe({
  name: 'jobs',
  group: 'system',
  icon: Schedule,
  list: 'jobs.list',
  title: 'name',
  columns: [
    'name',
    'state',
    'lastError',
    'everySeconds',
    'lastRunAt',
    'lastRunBy',
    'handledInAll',
    'lastSuccessAt',
    'lastFailureAt',
  ],
  idOf: ({ name }) => String(name),
})
