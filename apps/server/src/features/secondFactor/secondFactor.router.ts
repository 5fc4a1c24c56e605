import { contract } from '@stockbook/client/contract'
import { protectedProcedure, router } from '../../trpc.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  secondFactorStatus,
} from './secondFactor.ts'

const { secondFactor } = contract

export const secondFactorRouter = router({
  status: protectedProcedure(secondFactor.status, ({ ctx }) =>
    secondFactorStatus(ctx.db, ctx.actor),
  ),
  begin: protectedProcedure(secondFactor.begin, ({ ctx, input }) =>
    beginSecondFactor(ctx, ctx.http, ctx.actor, input),
  ),
  confirm: protectedProcedure(secondFactor.confirm, ({ ctx, input }) =>
    confirmSecondFactor(ctx.db, ctx.actor, input),
  ),
  remove: protectedProcedure(secondFactor.remove, ({ ctx, input }) =>
    removeSecondFactor(ctx, ctx.http, ctx.actor, input),
  ),
})
