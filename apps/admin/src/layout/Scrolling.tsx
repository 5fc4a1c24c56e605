import { Box } from '@mui/material'
import type { ReactNode } from 'react'

/** Holds a table that a narrow window shows a part of, and in which no link or button leads the keyboard on. */
export function Scrolling({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box
      role="region"
      aria-label={label}
      tabIndex={0}
      sx={{ overflowX: 'auto', '& .RaDataTable-tableWrapper': { overflowX: 'visible' } }}
    >
      {children}
    </Box>
  )
}
