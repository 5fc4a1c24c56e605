import { Alert, Box, Button, Card, Skeleton, Typography } from '@mui/material'
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import { useLocale, useTranslate } from 'react-admin'
import { ErrorBoundary } from 'react-error-boundary'
import { Link } from 'react-router'
import { failureText } from '../providers/failureText.ts'

/** One part of the dashboard. What goes wrong in it is told in it, and touches no other. */
export function Panel<Figures>({
  name,
  to,
  columns,
  figures,
  isEmpty,
  children,
}: {
  /** Names its messages: `dashboard.<name>.title`, `.all` and `.none`. */
  name: string
  /** Where the whole list is. */
  to: string
  /** How many of twelve it takes where there is room. */
  columns: number
  figures: UseQueryResult<Figures>
  isEmpty: (figures: Figures) => boolean
  children: (figures: Figures) => ReactNode
}) {
  const translate = useTranslate()
  const titleId = useId()
  return (
    <Card
      component="section"
      variant="outlined"
      aria-labelledby={titleId}
      sx={{ gridColumn: { xs: '1 / -1', lg: `span ${columns}` }, minWidth: 0, p: 2 }}
    >
      <Box sx={headStyle}>
        <Typography
          id={titleId}
          component="h2"
          variant="subtitle1"
          sx={{ fontWeight: 600, lineHeight: 1.3 }}
        >
          {translate(`dashboard.${name}.title`)}
        </Typography>
        <Button component={Link} to={to} size="small" sx={{ flexShrink: 0 }}>
          {translate(`dashboard.${name}.all`)}
        </Button>
      </Box>
      <ErrorBoundary fallbackRender={({ error }) => <Failure error={error} />}>
        <Content name={name} figures={figures} isEmpty={isEmpty}>
          {children}
        </Content>
      </ErrorBoundary>
    </Card>
  )
}

const headStyle = {
  display: 'flex',
  alignItems: 'baseline',
  justifyContent: 'space-between',
  gap: 1,
  mb: 1,
}

function Content<Figures>({
  name,
  figures: { data, error },
  isEmpty,
  children,
}: {
  name: string
  figures: UseQueryResult<Figures>
  isEmpty: (figures: Figures) => boolean
  children: (figures: Figures) => ReactNode
}) {
  const translate = useTranslate()
  if (error !== null) return <Failure error={error} />
  if (data === undefined) return <Loading />
  if (isEmpty(data)) {
    return (
      <Typography sx={{ color: 'text.secondary', py: 4, textAlign: 'center' }}>
        {translate(`dashboard.${name}.none`)}
      </Typography>
    )
  }
  return children(data)
}

/** Takes the room of what comes, so that nothing jumps. */
export function Loading() {
  return <Skeleton variant="rounded" height={220} />
}

function Failure({ error }: { error: unknown }) {
  const translate = useTranslate()
  const locale = useLocale()
  return <Alert severity="error">{failureText(error, { locale, translate })}</Alert>
}
