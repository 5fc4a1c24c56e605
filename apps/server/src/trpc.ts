import { type Access, errorCatalogue, type ProcedureContract } from '@stockbook/client/contract'
import {
  initTRPC,
  tracked,
  type TRPCMutationProcedure,
  type TRPCQueryProcedure,
  type TRPCSubscriptionProcedure,
} from '@trpc/server'
import type { z } from 'zod'
import type { Context, SignedInContext } from './context.ts'
import { StockError } from './errors.ts'
import { errorData, toTransportError, transformer } from './transport.ts'

const t = initTRPC.context<Context>().create({
  transformer,
  // Otherwise a stack travels to the caller whenever NODE_ENV is not exactly `production`.
  isDev: false,
  sse: {
    // Proxies close what is silent; a client that hears nothing for so long connects again.
    ping: { enabled: true, intervalMs: 10_000 },
    client: { reconnectAfterInactivityMs: 30_000 },
  },
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

/** Whoever calls whatever: how long it took, and how it ended. */
const measured = t.procedure.use(async ({ ctx, path, next }) => {
  const start = performance.now()
  const result = await next()
  const code = result.ok ? 'OK' : errorData(result.error).code
  ctx.metrics.called(path, code, (performance.now() - start) / 1000)
  return result
})

const signedIn = measured.use(async ({ ctx, path, next }) => {
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

type Call<P extends ProcedureContract, Ctx> = { ctx: Ctx; input: z.output<P['input']> }

type Answer<P extends ProcedureContract, Ctx> = (
  call: Call<P, Ctx>,
) => Promise<z.input<P['output']>>

/** An event, and what a client says to go on after it. */
type Tracked<Data> = { id: string; data: Data }

type Events<P extends ProcedureContract, Ctx> = (
  call: Call<P, Ctx> & { signal: AbortSignal },
) => AsyncIterable<Tracked<z.input<P['output']>>>

type Resolve<P extends ProcedureContract, Ctx> = P['kind'] extends 'subscription'
  ? Events<P, Ctx>
  : Answer<P, Ctx>

type Types<P extends ProcedureContract> = {
  meta: object
  input: z.input<P['input']>
  output: z.output<P['output']>
}

type SubscriptionTypes<P extends ProcedureContract> = {
  meta: object
  input: z.input<P['input']>
  output: AsyncIterable<Tracked<z.output<P['output']>>, void, undefined>
}

type Implemented<P extends ProcedureContract> = P['kind'] extends 'query'
  ? TRPCQueryProcedure<Types<P>>
  : P['kind'] extends 'mutation'
    ? TRPCMutationProcedure<Types<P>>
    : TRPCSubscriptionProcedure<SubscriptionTypes<P>>

/** Implements procedures whose contract gives exactly this access; any other does not compile. */
function implementing<A extends Access, Ctx>(_access: A, base: typeof t.procedure) {
  return <P extends ProcedureContract<A>>(contract: P, resolve: Resolve<P, Ctx>) => {
    const built = base.input(checking(contract.input))
    const answered = () => built.output(checking(contract.output))
    const procedure = {
      query: () => answered().query(answering(resolve as Answer<P, Ctx>)),
      mutation: () => answered().mutation(answering(resolve as Answer<P, Ctx>)),
      subscription: () => built.subscription(telling(contract, resolve as Events<P, Ctx>)),
    }[contract.kind]()
    return procedure as unknown as Implemented<P>
  }
}

/** Given the schema itself, tRPC would have it wait, and then zod does without its compiled check. */
function checking(schema: z.ZodType) {
  return (value: unknown) => schema.parse(value)
}

function answering<P extends ProcedureContract, Ctx>(resolve: Answer<P, Ctx>) {
  return async (call: { ctx: unknown; input: unknown }) => {
    try {
      return await resolve(call as Call<P, Ctx>)
    } catch (error) {
      throw toTransportError(error)
    }
  }
}

function telling<P extends ProcedureContract, Ctx>(contract: P, resolve: Events<P, Ctx>) {
  return async function* (call: { ctx: unknown; input: unknown; signal: AbortSignal | undefined }) {
    const signal = call.signal ?? new AbortController().signal
    try {
      for await (const { id, data } of resolve({ ...(call as Call<P, Ctx>), signal })) {
        yield tracked(id, contract.output.parse(data))
      }
    } catch (error) {
      // Nobody is to be told: the client went, or is to come again.
      if (error instanceof Error && error.name === 'AbortError') throw error
      throw toTransportError(error)
    }
  }
}

/** Anyone may call it. */
export const publicProcedure = implementing<'open', Context>(
  'open',
  measured as unknown as typeof t.procedure,
)

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
