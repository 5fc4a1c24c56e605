import { contract } from '@stockbook/client/contract'
import { adminProcedure, protectedProcedure, router } from '../../trpc.ts'
import { abc, applyAbc } from './abc.ts'
import { expiringLots } from './expiringLots.ts'
import { lowStock } from './lowStock.ts'
import { movementSummary } from './movementSummary.ts'
import { slowMovers } from './slowMovers.ts'
import { stockByCategory } from './stockByCategory.ts'

const { reports } = contract

export const reportsRouter = router({
  lowStock: protectedProcedure(reports.lowStock, ({ ctx, input }) => lowStock(ctx.db, input)),
  movementSummary: protectedProcedure(reports.movementSummary, ({ ctx, input }) =>
    movementSummary(ctx.db, input),
  ),
  stockByCategory: protectedProcedure(reports.stockByCategory, ({ ctx, input }) =>
    stockByCategory(ctx.db, input),
  ),
  slowMovers: protectedProcedure(reports.slowMovers, ({ ctx, input }) => slowMovers(ctx.db, input)),
  abc: protectedProcedure(reports.abc, ({ ctx, input }) => abc(ctx.db, input)),
  applyAbc: adminProcedure(reports.applyAbc, ({ ctx, input }) =>
    applyAbc(ctx.db, ctx.actor, input),
  ),
  expiringLots: protectedProcedure(reports.expiringLots, ({ ctx, input }) =>
    expiringLots(ctx.db, input),
  ),
})
