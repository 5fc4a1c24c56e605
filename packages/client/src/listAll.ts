import type { CallOptions } from './StockbookClient.ts'
import { StockbookError } from './StockbookError.ts'

/** A procedure that answers page by page, such as `client.products.list`. */
export type ListProcedure<Input, Item> = {
  query(
    input: Input,
    options?: CallOptions,
  ): Promise<{ items: readonly Item[]; nextCursor: string | null }>
}

/**
 * Every item of every page of a list. Asks for one page at a time, and only when it is needed.
 * @param list a list procedure: `client.products.list`
 * @param input its input; a `cursor` in it is where to begin
 * @throws StockbookError as the list itself does; what was yielded before stays valid
 */
export async function* listAll<Input extends { cursor?: string | undefined }, Item>(
  list: ListProcedure<Input, Item>,
  input: NoInfer<Input>,
  options?: CallOptions,
): AsyncGenerator<Item, void, undefined> {
  let page: Input = input
  for (;;) {
    const { items, nextCursor } = await list.query(page, options)
    yield* items
    if (nextCursor === null) return
    if (nextCursor === page.cursor) {
      throw new StockbookError('UNEXPECTED_ANSWER', {
        message: 'The list answered with the cursor it was asked with: it has no end.',
        detail: { cursor: nextCursor },
      })
    }
    page = { ...input, cursor: nextCursor }
  }
}
