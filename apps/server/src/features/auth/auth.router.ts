import { contract } from '@stockbook/client/contract'
import { protectedProcedure, publicProcedure, router } from '../../trpc.ts'
import { changePassword, signIn, whoAmI } from './auth.ts'
import { refreshSession } from './refresh.ts'
import { signOut, signOutEverywhere } from './signOut.ts'

const { auth } = contract

export const authRouter = router({
  signIn: publicProcedure(auth.signIn, ({ ctx, input }) => signIn(ctx, ctx.http, input)),
  refresh: publicProcedure(auth.refresh, ({ ctx, input }) => refreshSession(ctx, ctx.http, input)),
  signOut: protectedProcedure(auth.signOut, ({ ctx }) => signOut(ctx, ctx.http, ctx.actor)),
  signOutEverywhere: protectedProcedure(auth.signOutEverywhere, ({ ctx }) =>
    signOutEverywhere(ctx, ctx.http, ctx.actor),
  ),
  changePassword: protectedProcedure(auth.changePassword, ({ ctx, input }) =>
    changePassword(ctx, ctx.http, ctx.actor, input),
  ),
  me: protectedProcedure(auth.me, ({ ctx }) => whoAmI(ctx.db, ctx.actor)),
})
