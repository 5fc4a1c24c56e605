import { contract } from '@stockbook/client/contract'
import { protectedProcedure, router } from '../../trpc.ts'
import { endSession, listSessions } from './sessions.ts'

const { list, end } = contract.sessions

export const sessionsRouter = router({
  list: protectedProcedure(list, ({ ctx, input }) => listSessions(ctx.db, ctx.actor, input)),
  end: protectedProcedure(end, ({ ctx, input }) => endSession(ctx.db, ctx.actor, input)),
})
