import {
  type ProcedureContract,
  type Restrictions,
  restrictionsOf,
  type Role,
} from '@stockbook/client/contract'
import { StockError } from './errors.ts'

/** Reckoned once for each procedure, and not for administrators, from whom nothing is kept. */
const known = new Map<string, Restrictions | null>()

/**
 * What is kept from a caller by the map of fields of the contract; null when nothing is.
 * @param role null: nobody has signed in
 */
export function restrictionsFor(
  name: string,
  procedure: ProcedureContract,
  role: Role | null,
): Restrictions | null {
  if (role === 'admin') return null
  let restrictions = known.get(name)
  if (restrictions === undefined) {
    known.set(name, (restrictions = restrictionsOf(name, procedure, 'operator')))
  }
  return restrictions
}

type Values = Readonly<Record<string, unknown>>

/**
 * What is asked for, as far as the caller may. Where it was left open by which field, and by default it
 * would be one that is kept from the caller, it is the first of the others.
 * @param given what the caller has sent
 * @param input the same as the contract parsed it
 * @throws StockError FIELD_FORBIDDEN with the field and where it was named
 */
export function permittedInput<Input>(
  { notGiven, notNarrowed, choices }: Restrictions,
  given: unknown,
  input: Input,
): Input {
  const said = (given ?? {}) as Values
  for (const field of notGiven) if (said[field] !== undefined) throw forbidden(field, [field])
  const where = (said.where ?? {}) as Values
  for (const field of notNarrowed) {
    if (where[field] !== undefined) throw forbidden(field, ['where', field])
  }
  let permitted = input as Values
  for (const [name, left] of choices) {
    const choice = permitted[name]
    if (choice === undefined || left.includes(choice as string)) continue
    if (said[name] !== undefined || left[0] === undefined) throw forbidden(String(choice), [name])
    permitted = { ...permitted, [name]: left[0] }
  }
  return permitted as Input
}

const forbidden = (field: string, path: string[]) =>
  new StockError('FIELD_FORBIDDEN', { field, path })
