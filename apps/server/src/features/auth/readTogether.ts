/**
 * Reads single rows for many who ask at once: what is asked for in one turn of the event loop is read by
 * one statement, which begins after the last of them has asked.
 */
export function readTogether<Row>(
  read: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): (key: string) => Promise<Row | undefined> {
  let next: { keys: Set<string>; rows: Promise<ReadonlyMap<string, Row>> } | undefined

  function begin() {
    const keys = new Set<string>()
    const rows = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
      next = undefined
      return new Map((await read([...keys])).map((row) => [keyOf(row), row]))
    })
    return { keys, rows }
  }

  return async (key) => {
    next ??= begin()
    next.keys.add(key)
    return (await next.rows).get(key)
  }
}
