import { type Access, errorCatalogue, type ProcedureContract } from '@stockbook/client/contract'
import { initTRPC, type TRPCMutationProcedure, type TRPCQueryProcedure } from '@trpc/server'
import type { z } from 'zod'
import type { Context, SignedInContext } from './context.ts'
import { StockError } from './errors.ts'
import { errorData, toTransportError, transformer } from './transport.ts'

const t = initTRPC.context<Context>().create({
  transformer,
  // Otherwise a stack travels to the caller whenever NODE_ENV is not exactly `production`.
  isDev: false,
  errorFormatter({ shape, error }) {
    const stockbook = errorData(error)
    const { code, httpStatus, path } = shape.data
    return {
      code: shape.code,
      message: errorCatalogue[stockbook.code].message,
      data: { code, httpStatus, ...(path === undefined ? {} : { path }), stockbook },
    }
  },
})

export const router = t.router

/** What somebody may call whose password was chosen by another. */
const openToOldPasswords = ['auth.me', 'auth.changePassword', 'auth.signOut']

const signedIn = t.procedure.use(async ({ ctx, path, next }) => {
  const caller = await ctx.caller().catch((error: unknown) => {
    throw toTransportError(error)
  })
  if (!caller) throw toTransportError(new StockError('SIGN_IN_REQUIRED'))
  if (caller.mustChangePassword && !openToOldPasswords.includes(path)) {
    throw toTransportError(new StockError('PASSWORD_CHANGE_REQUIRED'))
  }
  return next({ ctx: { ...ctx, actor: { ...caller, procedure: path } } })
})

const asAdmin = signedIn.use(async ({ ctx, next }) => {
  if (ctx.actor.role !== 'admin') throw toTransportError(new StockError('ADMIN_REQUIRED'))
  return next({ ctx })
})

type Resolve<P extends ProcedureContract, Ctx> = (call: {
  ctx: Ctx
  input: z.output<P['input']>
}) => Promise<z.input<P['output']>>

type Types<P extends ProcedureContract> = {
  meta: object
  input: z.input<P['input']>
  output: z.output<P['output']>
}

type Implemented<P extends ProcedureContract> = P['kind'] extends 'query'
  ? TRPCQueryProcedure<Types<P>>
  : TRPCMutationProcedure<Types<P>>

/** Implements procedures whose contract gives exactly this access; any other does not compile. */
function implementing<A extends Access, Ctx>(_access: A, base: typeof t.procedure) {
  return <P extends ProcedureContract<A>>(contract: P, resolve: Resolve<P, Ctx>) => {
    const built = base.input(contract.input).output(contract.output)
    const answer = async (call: { ctx: unknown; input: unknown }) => {
      try {
        return await resolve(call as Parameters<typeof resolve>[0])
      } catch (error) {
        throw toTransportError(error)
      }
    }
    const procedure = contract.kind === 'query' ? built.query(answer) : built.mutation(answer)
    return procedure as unknown as Implemented<P>
  }
}

/** Anyone may call it. */
export const publicProcedure = implementing<'open', Context>('open', t.procedure)

/** Anyone who is signed in may call it: operators and administrators. */
export const protectedProcedure = implementing<'operator', SignedInContext>(
  'operator',
  signedIn as unknown as typeof t.procedure,
)

/** Only administrators may call it. */
export const adminProcedure = implementing<'admin', SignedInContext>(
  'admin',
  asAdmin as unknown as typeof t.procedure,
)
