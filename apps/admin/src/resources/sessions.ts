import Devices from '@mui/icons-material/Devices'
import Logout from '@mui/icons-material/Logout'
import { describe } from './describe.ts'

export const sessions = describe({
  name: 'sessions',
  group: 'people',
  icon: Devices,
  list: 'sessions.list',
  title: null,
  columns: ['username', 'isCurrent', 'userAgent', 'address', 'lastUsedAt', 'expiresAt'],
  kinds: { userAgent: 'program' },
  hidden: ['userId'],
  actions: [{ name: 'endSession', procedure: 'sessions.end', icon: Logout }],
})
