import { contract } from '@stockbook/client/contract'
import { adminProcedure, router } from '../../trpc.ts'
import { createApiKey, getApiKey, listApiKeys, revokeApiKey } from './apiKeys.ts'

const { list, get, create, revoke } = contract.apiKeys

export const apiKeysRouter = router({
  list: adminProcedure(list, ({ ctx, input }) => listApiKeys(ctx.db, input)),
  get: adminProcedure(get, ({ ctx, input }) => getApiKey(ctx.db, input.id)),
  create: adminProcedure(create, ({ ctx, input }) => createApiKey(ctx.db, ctx.actor, input)),
  revoke: adminProcedure(revoke, ({ ctx, input }) => revokeApiKey(ctx.db, ctx.actor, input)),
})
