import type { Field } from '../contract/fields.ts'
import { inputFrom, isSame } from '../contract/inputs.ts'

type Values = Readonly<Record<string, unknown>>

/** A field that two people gave different values, and what each gave. */
export type Difference = { field: Field; mine: unknown; theirs: unknown }

/**
 * What has to be chosen between two saves of one row, and what need not: a field that only one of the
 * two changed takes that one's value.
 * @param base the row as it was when the form was opened
 */
export function compareSaves(
  fields: readonly Field[],
  { base, mine, theirs }: { base: Values; mine: Values; theirs: Values },
): { merged: Record<string, unknown>; differences: Difference[] } {
  const [was, own, other] = [base, mine, theirs].map((values) => inputFrom(fields, values))
  const merged: Record<string, unknown> = {}
  const differences: Difference[] = []
  for (const field of fields) {
    const { name } = field
    const isMine = name in (own ?? {}) && !isSame(own?.[name], was?.[name])
    const isTheirs = !isSame(other?.[name], was?.[name])
    merged[name] = isMine ? own?.[name] : other?.[name]
    if (isMine && isTheirs && !isSame(own?.[name], other?.[name])) {
      differences.push({ field, mine: own?.[name], theirs: other?.[name] })
    }
  }
  return { merged, differences }
}
