import { contract } from '@stockbook/client/contract'
import { protectedProcedure, router } from '../../trpc.ts'
import { getMovement, listMovements } from './movements.ts'
import { postMovements, reverseMovements } from './post.ts'

const { post, reverse, list, get } = contract.movements

export const movementsRouter = router({
  post: protectedProcedure(post, ({ ctx, input }) => postMovements(ctx.db, ctx.actor, input)),
  reverse: protectedProcedure(reverse, ({ ctx, input }) =>
    reverseMovements(ctx.db, ctx.actor, input),
  ),
  list: protectedProcedure(list, ({ ctx, input }) => listMovements(ctx.db, input)),
  get: protectedProcedure(get, ({ ctx, input }) => getMovement(ctx.db, input)),
})
