import Block from '@mui/icons-material/Block'
import VpnKey from '@mui/icons-material/VpnKey'
import { describe } from './describe.ts'

/** `Scale`, `Scale 2`, `Scale 3`. */
function nextName(name: string): string {
  const [, own = name, number] = /^(.*) (\d{1,4})$/.exec(name) ?? []
  return `${own} ${Number(number ?? 1) + 1}`
}

export const apiKeys = describe({
  name: 'apiKeys',
  group: 'people',
  icon: VpnKey,
  list: 'apiKeys.list',
  get: 'apiKeys.get',
  create: 'apiKeys.create',
  title: 'name',
  referenceFilters: { warehouseIds: { kind: 'warehouse' } },
  columns: ['name', 'role', 'warehouseIds', 'hint', 'expiresAt', 'lastUsedAt', 'revokedAt'],
  hidden: ['userId'],
  auditEntity: 'apiKey',
  cloneWithout: [],
  // It lives as long as the other did, from now on.
  cloneAs: ({ name, createdAt, expiresAt }) => ({
    name: nextName(String(name)),
    expiresAt: new Date(Date.now() + Number(new Date(expiresAt)) - Number(new Date(createdAt))),
  }),
  toldOnce: 'key',
  actions: [
    {
      name: 'revoke',
      procedure: 'apiKeys.revoke',
      icon: Block,
      appliesTo: ({ revokedAt }) => revokedAt === null,
    },
  ],
})
