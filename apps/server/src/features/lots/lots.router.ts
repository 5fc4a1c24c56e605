import { contract } from '@stockbook/client/contract'
import { protectedProcedure, router } from '../../trpc.ts'
import { archiveLot, createLot, getLot, listLots, updateLot } from './lots.ts'
import { traceLot } from './trace.ts'

const { list, get, trace, create, update, archive } = contract.lots

export const lotsRouter = router({
  list: protectedProcedure(list, ({ ctx, input }) => listLots(ctx.db, input)),
  get: protectedProcedure(get, ({ ctx, input }) => getLot(ctx.db, input)),
  trace: protectedProcedure(trace, ({ ctx, input }) => traceLot(ctx.db, ctx.actor, input)),
  create: protectedProcedure(create, ({ ctx, input }) => createLot(ctx.db, ctx.actor, input)),
  update: protectedProcedure(update, ({ ctx, input }) => updateLot(ctx.db, ctx.actor, input)),
  archive: protectedProcedure(archive, ({ ctx, input }) => archiveLot(ctx.db, ctx.actor, input)),
})
