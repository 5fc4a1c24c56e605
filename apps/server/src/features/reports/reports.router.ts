import { contract } from '@stockbook/client/contract'
import { adminProcedure, protectedProcedure, router } from '../../trpc.ts'
import { abc, applyAbc } from './abc.ts'
import { expiringLots } from './expiringLots.ts'
import { lowStock } from './lowStock.ts'
import { movementSummary } from './movementSummary.ts'
import { reportPage } from './page.ts'
import { slowMovers } from './slowMovers.ts'
import { stockByCategory } from './stockByCategory.ts'

const { reports } = contract

export const reportsRouter = router({
  lowStock: protectedProcedure(reports.lowStock, ({ ctx, input }) =>
    reportPage(ctx.db, ctx.actor, lowStock, input),
  ),
  movementSummary: protectedProcedure(reports.movementSummary, ({ ctx, input }) =>
    reportPage(ctx.db, ctx.actor, movementSummary, input),
  ),
  stockByCategory: protectedProcedure(reports.stockByCategory, ({ ctx, input }) =>
    reportPage(ctx.db, ctx.actor, stockByCategory, input),
  ),
  slowMovers: protectedProcedure(reports.slowMovers, ({ ctx, input }) =>
    reportPage(ctx.db, ctx.actor, slowMovers, input),
  ),
  abc: protectedProcedure(reports.abc, ({ ctx, input }) =>
    reportPage(ctx.db, ctx.actor, abc, input),
  ),
  applyAbc: adminProcedure(reports.applyAbc, ({ ctx, input }) =>
    applyAbc(ctx.db, ctx.actor, input),
  ),
  expiringLots: protectedProcedure(reports.expiringLots, ({ ctx, input }) =>
    reportPage(ctx.db, ctx.actor, expiringLots, input),
  ),
})
