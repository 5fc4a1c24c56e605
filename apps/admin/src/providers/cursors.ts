/** What a list answers with: some rows, and where the next ones begin. */
export type ListPage<Row> = { items: readonly Row[]; nextCursor: string | null }

/**
 * Turns a list that goes on from cursor to cursor into numbered pages. Remembers where each page
 * begins, so that going back and forth costs one call; a page that nobody came by yet (its number
 * stood in the address) is walked to.
 */
export class Cursors {
  readonly #starts = new Map<string, (string | null)[]>()

  /**
   * @param key names the list with its filter, order and page size
   * @param number of the page, from 1
   * @param read gives the page that begins at the cursor; `null`: the first
   */
  async page<Row>(
    key: string,
    number: number,
    read: (cursor: string | null) => Promise<ListPage<Row>>,
  ): Promise<ListPage<Row>> {
    const starts = this.#starts.get(key) ?? [null]
    this.#remember(key, starts)
    for (let next = Math.min(number, starts.length); ; next++) {
      const page = await read(starts[next - 1] ?? null)
      // What was behind it may have gone since: the pages behind are found anew.
      starts.length = next
      if (page.nextCursor !== null) starts.push(page.nextCursor)
      if (next === number) return page
      if (page.nextCursor === null) return { items: [], nextCursor: null }
    }
  }

  /** The lists that were looked at last. */
  #remember(key: string, starts: (string | null)[]): void {
    this.#starts.delete(key)
    this.#starts.set(key, starts)
    const [oldest] = this.#starts.keys()
    if (this.#starts.size > maxLists && oldest !== undefined) this.#starts.delete(oldest)
  }
}

const maxLists = 50
