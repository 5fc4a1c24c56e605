/** What an address asks of a list, or what was asked last; nothing of it is sure. */
export type Asked = Readonly<Record<string, unknown>>

const parts = ['filter', 'displayedFilters', 'sort', 'order', 'page', 'perPage']

/** What an address says, read as far as it can be read. */
export function askedIn(search: string): Asked {
  const query = new URLSearchParams(search)
  const asked: Record<string, unknown> = {}
  for (const name of parts) {
    const given = query.getAll(name)
    if (given.length > 0) asked[name] = given.length > 1 ? given : read(name, given[0]!)
  }
  return asked
}

function read(name: string, text: string): unknown {
  if (!name.toLowerCase().includes('filter')) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The address of a list of which this is asked. */
export function searchOf(asked: Asked): string {
  const written = Object.entries(asked).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  return `?${new URLSearchParams(Object.fromEntries(written)).toString()}`
}

export function isObject(value: unknown): value is Asked {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
