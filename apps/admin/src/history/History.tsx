import { Box, CircularProgress, Typography } from '@mui/material'
import { useState } from 'react'
import { Button, type RaRecord, useGetList, useTranslate } from 'react-admin'
import { momentFormat } from '../fields/formats.ts'
import { usePersonLocale } from '../fields/usePersonLocale.ts'
import { ChangesTable, type Entry as ChangedEntry } from './ChangesTable.tsx'
import { verbOf } from './verbOf.ts'

const step = 20

type LoggedChange = RaRecord & ChangedEntry & { action: string; actorName: string | null }

/** Everything that was done with a row and its files: when, by whom, and what it changed. */
export function History({ entity, entityId }: { entity: string; entityId: string }) {
  const translate = useTranslate()
  const [size, setSize] = useState(step)
  const { data, isPending, error, pageInfo } = useGetList<LoggedChange>('audit', {
    filter: { entity, entityId, includeAttachments: true },
    sort: { field: 'id', order: 'DESC' },
    pagination: { page: 1, perPage: size },
  })
  if (error) return <Typography color="error">{error.message}</Typography>
  if (isPending) return <CircularProgress size={24} />
  if (data.length === 0) return <Typography>{translate('history.nothing')}</Typography>
  return (
    <>
      {data.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
      {pageInfo?.hasNextPage && (
        <Button label="history.older" onClick={() => setSize(size + step)} />
      )}
    </>
  )
}

function Entry({ entry }: { entry: LoggedChange }) {
  const translate = useTranslate()
  const locale = usePersonLocale()
  const when = new Date(entry.recordedAt).toLocaleString(locale, momentFormat)
  return (
    <Box component="article" sx={{ mb: 3 }}>
      <Typography variant="subtitle2" component="h3">
        {when}, {entry.actorName ?? translate('history.nobody')}
      </Typography>
      <Typography variant="body2" color="text.secondary">
        {translate(verbOf(entry), { _: entry.action })}
      </Typography>
      <ChangesTable entry={entry} />
    </Box>
  )
}
