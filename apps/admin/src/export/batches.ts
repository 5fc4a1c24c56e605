import { listAll, type ListProcedure } from '@stockbook/client'

/** How many rows come with one answer: the most that a list gives. */
const rowsInBatch = 200

/**
 * Every row of a list, in batches, in the list's own order.
 * @param onProgress hears after each batch how many rows there have been
 */
export async function* batchesOf<Input extends { cursor?: string; limit?: number }, Row>(
  list: ListProcedure<Input, Row>,
  input: Omit<Input, 'cursor' | 'limit'>,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (rows: number) => void },
): AsyncGenerator<Row[], void, undefined> {
  let batch: Row[] = []
  let rows = 0
  for await (const row of listAll(list, { ...input, limit: rowsInBatch } as Input, { signal })) {
    batch.push(row)
    if (batch.length < rowsInBatch) continue
    rows += batch.length
    yield batch
    onProgress(rows)
    batch = []
  }
  if (batch.length === 0) return
  yield batch
  onProgress(rows + batch.length)
}
