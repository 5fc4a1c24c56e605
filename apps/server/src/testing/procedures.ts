import { contract, type ProcedureContract } from '@stockbook/client/contract'

/** Every procedure that the contract promises. */
export const procedures = Object.entries(contract).flatMap(([feature, ofFeature]) =>
  Object.entries(ofFeature as Record<string, ProcedureContract>).map(([name, procedure]) => ({
    path: `${feature}.${name}`,
    feature,
    name,
    access: procedure.access,
    kind: procedure.kind,
  })),
)

export const mutations = procedures.filter(({ kind }) => kind === 'mutation')
