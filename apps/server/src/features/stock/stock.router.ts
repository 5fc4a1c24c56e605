import { contract } from '@stockbook/client/contract'
import { adminProcedure, protectedProcedure, router } from '../../trpc.ts'
import { stockHistory } from './history.ts'
import { stockAsOf, stockLevelsNow } from './levels.ts'
import { verifyStock } from './verify.ts'

const { levels, history, asOf, verify } = contract.stock

export const stockRouter = router({
  levels: protectedProcedure(levels, ({ ctx, input }) => stockLevelsNow(ctx.db, input)),
  history: protectedProcedure(history, ({ ctx, input }) => stockHistory(ctx.db, input)),
  asOf: protectedProcedure(asOf, ({ ctx, input }) => stockAsOf(ctx.db, input)),
  verify: adminProcedure(verify, ({ ctx }) => verifyStock(ctx.db)),
})
