/** What a list is narrowed to: the fields of its rows by `where`. */
type Filter = { where: Readonly<Record<string, Readonly<Record<string, unknown>>>> }

/** The address of a list narrowed to what is asked for, with its filters in sight. */
export function filteredList(resource: string, filter: Filter): string {
  const displayed = Object.fromEntries(
    Object.keys(filter.where).map((name) => [`where.${name}`, true]),
  )
  return `/${resource}?${new URLSearchParams({
    filter: JSON.stringify(filter),
    displayedFilters: JSON.stringify(displayed),
  }).toString()}`
}
