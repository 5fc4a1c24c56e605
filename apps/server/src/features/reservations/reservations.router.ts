import { contract } from '@stockbook/client/contract'
import { protectedProcedure, router } from '../../trpc.ts'
import { holdGoods } from './hold.ts'
import { holdOrder } from './holdOrder.ts'
import { releaseReservation } from './release.ts'
import { getReservation, listReservations } from './reservations.ts'

const { list, get, hold, holdOrder: order, release } = contract.reservations

export const reservationsRouter = router({
  list: protectedProcedure(list, ({ ctx, input }) => listReservations(ctx.db, ctx.actor, input)),
  get: protectedProcedure(get, ({ ctx, input }) => getReservation(ctx.db, ctx.actor, input)),
  hold: protectedProcedure(hold, ({ ctx, input }) => holdGoods(ctx.db, ctx.actor, input)),
  holdOrder: protectedProcedure(order, ({ ctx, input }) => holdOrder(ctx.db, ctx.actor, input)),
  release: protectedProcedure(release, ({ ctx, input }) =>
    releaseReservation(ctx.db, ctx.actor, input),
  ),
})
