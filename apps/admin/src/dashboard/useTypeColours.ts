import { useTheme } from '@mui/material'
import { useMemo } from 'react'
import type { MovementType } from './days.ts'

/** The colour of each type of movement in the person's theme. */
export function useTypeColours(): Readonly<Record<MovementType, string>> {
  const { palette } = useTheme()
  return useMemo(
    () => ({
      arrivals: palette.primary.main,
      shipments: palette.warning.main,
      transfers: palette.grey[palette.mode === 'dark' ? 500 : 600],
      adjustments: palette.error.main,
    }),
    [palette],
  )
}
