import type { Access, ProcedureContract, Restrictions } from '@stockbook/client/contract'
import {
  getTRPCErrorFromUnknown,
  initTRPC,
  tracked,
  TRPCError,
  type TRPCMutationProcedure,
  type TRPCQueryProcedure,
  type TRPCSubscriptionProcedure,
} from '@trpc/server'
import type { z } from 'zod'
import type { Actor, Context, OpenContext, SharedContext, SignedInContext } from './context.ts'
import { StockError } from './errors.ts'
import { permittedInput, restrictionsFor } from './restrictedCall.ts'
import { answerOnce } from './sharedAnswers.ts'
import { errorData, sentenceOf, toTransportError, transformer } from './transport.ts'

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
      message: sentenceOf(stockbook),
      data: { code, httpStatus, ...(path === undefined ? {} : { path }), stockbook },
    }
  },
})

export const router = t.router

/** What somebody may call whose password was chosen by another. */
const openToOldPasswords = ['auth.me', 'auth.changePassword', 'auth.signOut']

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

/** Who is calling; null where anyone may. @throws TRPCError for who may not */
async function admit(access: Access, call: OpenContext, path: string): Promise<Actor | null> {
  if (access === 'open') return null
  const caller = await call.caller().catch((error: unknown) => {
    throw toTransportError(error)
  })
  if (!caller) throw toTransportError(new StockError('SIGN_IN_REQUIRED'))
  if (caller.mustChangePassword && !openToOldPasswords.includes(path)) {
    throw toTransportError(new StockError('PASSWORD_CHANGE_REQUIRED'))
  }
  if (access === 'admin' && caller.role !== 'admin') {
    throw toTransportError(new StockError('ADMIN_REQUIRED'))
  }
  return { procedure: path, ...caller }
}

/**
 * Lets in who may call, then checks what they ask for, and that no field in it is kept from them; keeps
 * how long the whole took, and how it ended.
 * It is one middleware, for tRPC copies all that a call has, field by field, for each of them.
 */
function guarded(access: Access, contract: ProcedureContract) {
  return t.procedure.use(async ({ ctx, path, getRawInput, next }) => {
    const start = performance.now()
    const ended = (code: string) =>
      ctx.call.metrics.called(path, code, (performance.now() - start) / 1000)
    try {
      const actor = await admit(access, ctx.call, path)
      const given = await getRawInput()
      const asked = check(contract.input, given)
      const restrictions = restrictionsFor(path, contract, actor?.role ?? null)
      const input = restrictions ? permitted(restrictions, given, asked) : asked
      const output = restrictions?.output ?? contract.output
      const result = await next({ ctx: { actor, output }, input })
      ended(result.ok ? 'OK' : errorData(result.error).code)
      return result
    } catch (error) {
      ended(errorData(getTRPCErrorFromUnknown(error)).code)
      throw error
    }
  })
}

const inWords = {
  /** zod would speak of a type that plain JSON has not. */
  error: ({ code, expected }: z.core.$ZodRawIssue) =>
    code === 'invalid_type' && expected === 'date'
      ? 'give a moment: a Date, or in plain JSON a text like 2026-01-31T14:00:00Z'
      : undefined,
}

function check(input: z.ZodType, value: unknown): unknown {
  try {
    return input.parse(value, inWords)
  } catch (cause) {
    throw new TRPCError({ code: 'BAD_REQUEST', cause })
  }
}

function permitted(restrictions: Restrictions, given: unknown, input: unknown): unknown {
  try {
    return permittedInput(restrictions, given, input)
  } catch (error) {
    throw toTransportError(error)
  }
}

/**
 * Implements procedures whose contract gives exactly this access; any other does not compile.
 * @param query how a query is answered. Default: by itself.
 */
function implementing<A extends Access, Ctx>(access: A, query = answering) {
  return <P extends ProcedureContract<A>>(contract: P, resolve: Resolve<P, Ctx>) => {
    const base = guarded(access, contract)
    const procedure = {
      query: () => base.query(query(resolve as Answer<P, Ctx>)),
      mutation: () => base.mutation(answering(resolve as Answer<P, Ctx>)),
      subscription: () => base.subscription(telling(resolve as Events<P, Ctx>)),
    }[contract.kind]()
    return procedure as unknown as Implemented<P>
  }
}

type GuardedCall = {
  /** `output`: what the caller may be told. */
  ctx: Context & { actor: Actor | null; output: z.ZodType }
  input: unknown
}

/** What a procedure is given of a call that was let in. */
function callOf<P extends ProcedureContract, Ctx>({ ctx, input }: GuardedCall): Call<P, Ctx> {
  const { call, actor } = ctx
  return { ctx: actor ? { actor, ...call } : call, input } as Call<P, Ctx>
}

function answering<P extends ProcedureContract, Ctx>(resolve: Answer<P, Ctx>) {
  return async (call: GuardedCall) => {
    let answer: unknown
    try {
      answer = await resolve(callOf(call))
    } catch (error) {
      throw toTransportError(error)
    }
    return call.ctx.output.parse(answer) as z.output<P['output']>
  }
}

/** Answers calls that meet and ask for the same, of callers who may be told the same, once. */
function answeringTogether<P extends ProcedureContract, Ctx>(resolve: Answer<P, Ctx>) {
  return answerOnce(
    ({ ctx, input }: GuardedCall) => ({
      of: [ctx.call.db, ctx.output],
      text: JSON.stringify(input),
    }),
    answering(resolve),
  )
}

function telling<P extends ProcedureContract, Ctx>(resolve: Events<P, Ctx>) {
  return async function* (call: GuardedCall & { signal: AbortSignal | undefined }) {
    const signal = call.signal ?? new AbortController().signal
    try {
      for await (const { id, data } of resolve({ ...callOf<P, Ctx>(call), signal })) {
        yield tracked(id, call.ctx.output.parse(data) as z.output<P['output']>)
      }
    } catch (error) {
      // Nobody is to be told: the client went, or is to come again.
      if (error instanceof Error && error.name === 'AbortError') throw error
      throw toTransportError(error)
    }
  }
}

/** Anyone may call it. */
export const publicProcedure = implementing<'open', OpenContext>('open')

/** Anyone who is signed in may call it: operators and administrators. */
export const protectedProcedure = implementing<'operator', SignedInContext>('operator')

/**
 * Anyone who is signed in may call it, and is told the same: it is not said who calls. Calls that meet
 * share an answer.
 */
export const sharedProcedure = implementing<'operator', SharedContext>(
  'operator',
  answeringTogether,
)

/** Only administrators may call it. */
export const adminProcedure = implementing<'admin', SignedInContext>('admin')
