import { contract } from '@stockbook/client/contract'
import { adminProcedure, protectedProcedure, router } from '../../trpc.ts'
import { stockChanges } from './changes.ts'
import { closeBook, currentClosing } from './closing.ts'
import { explainStock } from './explain.ts'
import { stockHistory } from './history.ts'
import { stockAsOf, stockLevelsNow } from './levels.ts'
import { suggestPick } from './suggestPick.ts'
import { verifyStock } from './verify.ts'

const {
  levels,
  history,
  asOf,
  closing,
  close,
  changes,
  explain,
  suggestPick: suggest,
  verify,
} = contract.stock

export const stockRouter = router({
  levels: protectedProcedure(levels, ({ ctx, input }) => stockLevelsNow(ctx.db, ctx.actor, input)),
  history: protectedProcedure(history, ({ ctx, input }) => stockHistory(ctx.db, ctx.actor, input)),
  asOf: protectedProcedure(asOf, ({ ctx, input }) => stockAsOf(ctx.db, ctx.actor, input)),
  closing: protectedProcedure(closing, ({ ctx }) => currentClosing(ctx.db)),
  close: adminProcedure(close, ({ ctx, input }) => closeBook(ctx.db, ctx.actor, input)),
  changes: protectedProcedure(changes, ({ ctx, input, signal }) =>
    stockChanges(ctx, input, signal),
  ),
  explain: protectedProcedure(explain, ({ ctx, input }) => explainStock(ctx.db, ctx.actor, input)),
  suggestPick: protectedProcedure(suggest, ({ ctx, input }) =>
    suggestPick(ctx.db, ctx.actor, input),
  ),
  verify: adminProcedure(verify, ({ ctx }) => verifyStock(ctx.db)),
})
