import { contract } from '@stockbook/client/contract'
import { protectedProcedure, router } from '../../trpc.ts'
import { getMovement, listMovements } from './movements.ts'

const { post, reverse, list, get } = contract.movements

export const movementsRouter = router({
  post: protectedProcedure(post, ({ ctx, input }) => ctx.book.post(ctx.actor, input)),
  reverse: protectedProcedure(reverse, ({ ctx, input }) => ctx.book.reverse(ctx.actor, input)),
  list: protectedProcedure(list, ({ ctx, input }) => listMovements(ctx.db, ctx.actor, input)),
  get: protectedProcedure(get, ({ ctx, input }) => getMovement(ctx.db, ctx.actor, input)),
})
