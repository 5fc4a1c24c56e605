import { contract } from '@stockbook/client/contract'
import { adminProcedure, router } from '../../trpc.ts'
import { createApiKey, listApiKeys, revokeApiKey } from './apiKeys.ts'

const { list, create, revoke } = contract.apiKeys

export const apiKeysRouter = router({
  list: adminProcedure(list, ({ ctx, input }) => listApiKeys(ctx.db, input)),
  create: adminProcedure(create, ({ ctx, input }) => createApiKey(ctx.db, ctx.actor, input)),
  revoke: adminProcedure(revoke, ({ ctx, input }) => revokeApiKey(ctx.db, ctx.actor, input)),
})
