import Block from '@mui/icons-material/Block'
import VpnKey from '@mui/icons-material/VpnKey'
import { describe } from './describe.ts'

export const apiKeys = describe({
  name: 'apiKeys',
  group: 'people',
  icon: VpnKey,
  list: 'apiKeys.list',
  create: 'apiKeys.create',
  title: 'name',
  referenceFilters: { warehouseIds: { kind: 'warehouse' } },
  columns: ['name', 'role', 'warehouseIds', 'hint', 'expiresAt', 'lastUsedAt', 'revokedAt'],
  hidden: ['userId'],
  auditEntity: 'apiKey',
  actions: [
    {
      name: 'revoke',
      procedure: 'apiKeys.revoke',
      icon: Block,
      appliesTo: ({ revokedAt }) => revokedAt === null,
    },
  ],
})
