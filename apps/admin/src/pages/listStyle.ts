/** Figures stand under each other. */
export const listStyle = {
  '& .number': { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  '& .RaDataTable-tableWrapper': { overflowX: 'auto' },
} as const
