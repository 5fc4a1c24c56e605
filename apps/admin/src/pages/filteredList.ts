/** The address of a list narrowed to what is asked for, with its filters in sight. */
export function filteredList(resource: string, filter: Readonly<Record<string, unknown>>): string {
  const displayed = Object.fromEntries(Object.keys(filter).map((name) => [name, true]))
  return `/${resource}?${new URLSearchParams({
    filter: JSON.stringify(filter),
    displayedFilters: JSON.stringify(displayed),
  }).toString()}`
}
