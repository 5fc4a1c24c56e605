import { Box, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

/** The rows of a panel. */
export function Rows({ children }: { children: ReactNode }) {
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.25 }}>
      {children}
    </Box>
  )
}

/** One row: what it is about, how much, and a bar that shows it to the eye. */
export function Row({
  title,
  to,
  figure,
  detail,
  bar,
}: {
  title: string
  /** Where more about it is. Absent: there is no such page. */
  to?: string | undefined
  figure?: string
  detail?: ReactNode
  /** From 0 to 1, with its colour. Absent: there is none. */
  bar?: { share: number; colour: string }
}) {
  return (
    <Box component="li" sx={{ minWidth: 0 }}>
      <Box sx={{ display: 'flex', gap: 1, justifyContent: 'space-between' }}>
        <Typography variant="body2" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {to === undefined ? title : <RowLink to={to}>{title}</RowLink>}
        </Typography>
        {figure !== undefined && (
          <Typography variant="body2" noWrap sx={{ ...figuresStyle, flexShrink: 0 }}>
            {figure}
          </Typography>
        )}
      </Box>
      {bar && <Bar {...bar} />}
      {detail !== undefined && (
        <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
          {detail}
        </Typography>
      )}
    </Box>
  )
}

export const figuresStyle = { fontVariantNumeric: 'tabular-nums' } as const

/** Leads to more about what it names. */
export function RowLink({ to, children }: { to: string; children: string }) {
  return (
    <Box
      component={Link}
      to={to}
      sx={{ color: 'primary.main', textDecorationColor: 'transparent' }}
    >
      {children}
    </Box>
  )
}

function Bar({ share, colour }: { share: number; colour: string }) {
  return (
    <Box sx={{ height: 6, borderRadius: 3, my: 0.5, bgcolor: 'action.hover', overflow: 'hidden' }}>
      <Box
        sx={{
          height: '100%',
          borderRadius: 3,
          bgcolor: colour,
          width: `${Math.min(1, Math.max(0, share)) * 100}%`,
        }}
      />
    </Box>
  )
}
