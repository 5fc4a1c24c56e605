/** Figures stand under each other, and a table that is too wide moves by itself: the page stays. */
export const listStyle = {
  minWidth: 0,
  '& .RaList-main, & .RaList-content': { minWidth: 0 },
  '& .number': { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  '& .RaDataTable-tableWrapper': { overflowX: 'auto' },
} as const
