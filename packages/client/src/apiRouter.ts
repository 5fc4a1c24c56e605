import type {
  inferRouterInputs,
  inferRouterOutputs,
  TRPCBuiltRouter,
  TRPCDefaultErrorData,
  TRPCDefaultErrorShape,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from '@trpc/server'
import type { z } from 'zod'
import type { ProcedureContract } from './contract/define.ts'
import type { Contract } from './contract/index.ts'
import type { ErrorData } from './errors.ts'

/** The shape in which the server sends a failure. */
export type ApiErrorShape = TRPCDefaultErrorShape & {
  data: TRPCDefaultErrorData & { stockbook: ErrorData }
}

type Procedure<P extends ProcedureContract> = P['kind'] extends 'query'
  ? TRPCQueryProcedure<ProcedureTypes<P>>
  : P['kind'] extends 'mutation'
    ? TRPCMutationProcedure<ProcedureTypes<P>>
    : TRPCSubscriptionProcedure<SubscriptionTypes<P>>

type ProcedureTypes<P extends ProcedureContract> = {
  meta: object
  input: z.input<P['input']>
  output: z.output<P['output']>
}

/** What arrives at a client: an event, and the id to go on from after it. */
type SubscriptionTypes<P extends ProcedureContract> = {
  meta: object
  input: z.input<P['input']>
  output: AsyncIterable<{ id: string; data: z.output<P['output']> }, void, undefined>
}

type Routers = {
  [Feature in keyof Contract]: {
    [Name in keyof Contract[Feature]]: Contract[Feature][Name] extends ProcedureContract
      ? Procedure<Contract[Feature][Name]>
      : never
  }
}

/** The server's router as far as a client can see it, computed from the contract alone. */
export type ApiRouter = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: ApiErrorShape; transformer: true },
  Routers
>

/** What a procedure takes: `ApiInputs['products']['list']`. */
export type ApiInputs = inferRouterInputs<ApiRouter>

/** What a procedure answers: `ApiOutputs['products']['list']`. */
export type ApiOutputs = inferRouterOutputs<ApiRouter>
