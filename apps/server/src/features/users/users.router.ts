import { contract } from '@stockbook/client/contract'
import { adminProcedure, router } from '../../trpc.ts'
import { removeSecondFactorOf } from './removeSecondFactor.ts'
import { createUser, disableUser, getUser, listUsers, resetPassword, updateUser } from './users.ts'

const { users } = contract

export const usersRouter = router({
  list: adminProcedure(users.list, ({ ctx, input }) => listUsers(ctx.db, input)),
  get: adminProcedure(users.get, ({ ctx, input }) => getUser(ctx.db, input.id)),
  create: adminProcedure(users.create, ({ ctx, input }) =>
    createUser(ctx.db, ctx.passwords, ctx.actor, input),
  ),
  update: adminProcedure(users.update, ({ ctx, input }) => updateUser(ctx.db, ctx.actor, input)),
  disable: adminProcedure(users.disable, ({ ctx, input }) => disableUser(ctx.db, ctx.actor, input)),
  resetPassword: adminProcedure(users.resetPassword, ({ ctx, input }) =>
    resetPassword(ctx, ctx.actor, input),
  ),
  removeSecondFactor: adminProcedure(users.removeSecondFactor, ({ ctx, input }) =>
    removeSecondFactorOf(ctx.db, ctx.actor, input),
  ),
})
