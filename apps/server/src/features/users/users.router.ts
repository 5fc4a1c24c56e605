import { contract } from '@stockbook/client/contract'
import { adminProcedure, router } from '../../trpc.ts'
import { createUser, listUsers } from './users.ts'

const { create, list } = contract.users

export const usersRouter = router({
  create: adminProcedure(create, ({ ctx, input }) => createUser(ctx.db, ctx.passwords, input)),
  list: adminProcedure(list, ({ ctx, input }) => listUsers(ctx.db, input)),
})
