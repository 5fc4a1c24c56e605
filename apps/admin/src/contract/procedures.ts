import {
  contract,
  type ProcedureContract,
  type Restrictions,
  restrictionsOf,
  type Role,
} from '@stockbook/client/contract'
import type { z } from 'zod'

type Features = typeof contract

/** The name of a procedure, for instance `products.list`. */
export type ProcedureName = {
  [Feature in keyof Features & string]: `${Feature}.${keyof Features[Feature] & string}`
}[keyof Features & string]

/** What a procedure promises. */
export function procedure(name: ProcedureName): ProcedureContract {
  const [feature = '', own = ''] = name.split('.')
  const procedures = contract[feature as keyof Features] as Record<string, ProcedureContract>
  const found = procedures[own]
  if (found === undefined) throw new Error(`The contract has no procedure ${name}.`)
  return found
}

/** Whether somebody of this role may call it. The server decides anew at every call. */
export function mayCall(role: Role, name: ProcedureName): boolean {
  return role === 'admin' || procedure(name).access !== 'admin'
}

/** What somebody of this role is not told by it, and may not say to it. Null: there is nothing such. */
export function restrictionsFor(role: Role, name: ProcedureName): Restrictions | null {
  return restrictionsOf(name, procedure(name), role)
}

/** One row of what a list gives. */
export function rowSchema(list: ProcedureName): z.ZodType {
  const { shape } = procedure(list).output as z.ZodObject<{ items: z.ZodArray<z.ZodType> }>
  return shape.items.element
}
