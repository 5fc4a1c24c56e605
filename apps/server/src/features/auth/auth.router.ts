import { contract } from '@stockbook/client/contract'
import { protectedProcedure, publicProcedure, router } from '../../trpc.ts'
import { signIn, whoAmI } from './auth.ts'

const { signIn: signInContract, me } = contract.auth

export const authRouter = router({
  signIn: publicProcedure(signInContract, ({ ctx, input }) => signIn(ctx, input)),
  me: protectedProcedure(me, ({ ctx }) => whoAmI(ctx.db, ctx.actor)),
})
