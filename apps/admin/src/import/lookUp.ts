import { listAll, type ListProcedure } from '@stockbook/client'

/** All rows of a list, under what `keyOf` makes of each. */
export async function lookUp<
  Input extends { cursor?: string | undefined; limit?: number | undefined },
  Row,
>(
  list: ListProcedure<Input, Row>,
  input: NoInfer<Input>,
  keyOf: (row: Row) => string,
  signal: AbortSignal,
): Promise<Map<string, Row>> {
  const found = new Map<string, Row>()
  for await (const row of listAll(list, { ...input, limit: 200 }, { signal })) {
    found.set(keyOf(row), row)
  }
  return found
}

/** SKUs and the codes of locations are the same whatever their case; no other codes are. */
export function folded(code: string): string {
  return code.toLowerCase()
}
