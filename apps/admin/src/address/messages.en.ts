/** What is said of an address of which a list cannot do all. */
export const addressInEnglish = {
  leftOut: 'The address or saved query asked for what this list cannot do. This was left out:',
  filter: '%{name}: “%{value}” (%{why})',
  filters: 'Filters: they cannot be read.',
  noSuchFilter: 'there is no such filter here',
  filterOfOthers: 'your role may not ask for it',
  noSuchValue: 'such a value does not fit here',
  sort: 'Order: the list cannot be sorted by “%{value}”.',
  page: 'Page: an address cannot lead to page “%{value}”.',
  perPage: 'Rows on a page: “%{value}” is none of %{sizes}.',
  removeFilters: 'Remove all filters',
  again: 'Try again',
}
