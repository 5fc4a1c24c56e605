import type { Field } from '../contract/fields.ts'
import { CallError } from '../providers/CallError.ts'

/** What is wrong with fields, by their names. */
export type Faults = Readonly<Record<string, string>>

/**
 * Where a refusal of a row in a list is told: at the inputs that the row has, or beside the list, since a
 * row does not show all of its fields.
 * @returns `beside` also holds, under `''`, what is wrong with no field at all
 */
export function partFaults(
  error: unknown,
  inputs: readonly Field[],
): { atInputs: Faults; beside: Faults } {
  const { errors } = error instanceof CallError ? error.body : {}
  if (errors === undefined) {
    const failure = error instanceof Error ? error.message : String(error)
    return { atInputs: {}, beside: { '': failure } }
  }
  const part = (isAtInput: boolean) =>
    Object.fromEntries(
      Object.entries(errors).filter(
        ([name]) => inputs.some((field) => field.name === name) === isAtInput,
      ),
    )
  return { atInputs: part(true), beside: part(false) }
}
