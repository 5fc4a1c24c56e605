import { contract, type ProcedureContract } from '@stockbook/client/contract'

export const restPrefix = '/api/'

/** A procedure as it is called by REST. */
export type Operation = {
  /** As the router names it: `products.list`. */
  readonly procedure: string
  readonly feature: string
  /** Where it is called: `/api/products/list`. */
  readonly path: string
  readonly method: 'GET' | 'POST'
  readonly contract: ProcedureContract
}

/** Every procedure that gives one answer; a subscription goes on answering, which REST does not. */
export const operations: readonly Operation[] = Object.entries(contract).flatMap(
  ([feature, procedures]) =>
    Object.entries(procedures as Record<string, ProcedureContract>)
      .filter(([, { kind }]) => kind !== 'subscription')
      .map(([name, procedure]) => ({
        procedure: `${feature}.${name}`,
        feature,
        path: `${restPrefix}${feature}/${name}`,
        method: procedure.kind === 'query' ? 'GET' : 'POST',
        contract: procedure,
      })),
)
