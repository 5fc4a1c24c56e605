import Key from '@mui/icons-material/Key'
import PersonOff from '@mui/icons-material/PersonOff'
import PhonelinkErase from '@mui/icons-material/PhonelinkErase'
import People from '@mui/icons-material/People'
import HowToReg from '@mui/icons-material/HowToReg'
import { describe } from './describe.ts'

export const users = describe({
  name: 'users',
  group: 'people',
  icon: People,
  list: 'users.list',
  get: 'users.get',
  create: 'users.create',
  update: 'users.update',
  title: 'displayName',
  referenceFilters: { warehouseIds: { kind: 'warehouse' } },
  columns: [
    'username',
    'displayName',
    'role',
    'warehouseIds',
    'kind',
    'secondFactorSince',
    'disabledAt',
    'createdAt',
  ],
  related: [
    { resource: 'sessions', target: 'userId' },
    { resource: 'movements', target: 'actorId' },
  ],
  actions: [
    {
      name: 'disable',
      procedure: 'users.disable',
      icon: PersonOff,
      appliesTo: ({ disabledAt }) => disabledAt === null,
      inputOf: ({ id, version }) => ({ id, expectedVersion: version, disabled: true }),
    },
    {
      name: 'enable',
      procedure: 'users.disable',
      icon: HowToReg,
      appliesTo: ({ disabledAt }) => disabledAt !== null,
      inputOf: ({ id, version }) => ({ id, expectedVersion: version, disabled: false }),
      confirm: false,
    },
    {
      name: 'resetPassword',
      procedure: 'users.resetPassword',
      icon: Key,
      appliesTo: ({ kind }) => kind === 'person',
      ask: ['password'],
      isBulk: false,
    },
    {
      name: 'removeSecondFactor',
      procedure: 'users.removeSecondFactor',
      icon: PhonelinkErase,
      appliesTo: ({ secondFactorSince }) => secondFactorSince !== null,
      inputOf: ({ id }) => ({ id }),
      isBulk: false,
    },
  ],
  auditEntity: 'user',
  cloneWithout: ['username', 'displayName', 'password'],
})
