import { contract } from '@stockbook/client/contract'
import { protectedProcedure, publicProcedure, router } from '../../trpc.ts'
import { signIn } from './auth.ts'
import { getUser } from '../users/users.ts'

const { signIn: signInContract, me } = contract.auth

export const authRouter = router({
  signIn: publicProcedure(signInContract, ({ ctx, input }) => signIn(ctx, input)),
  me: protectedProcedure(me, ({ ctx }) => getUser(ctx.db, ctx.actor.id)),
})
