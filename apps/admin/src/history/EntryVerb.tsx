import { Typography } from '@mui/material'
import { type RaRecord, useRecordContext, useTranslate } from 'react-admin'
import { verbOf } from './verbOf.ts'

type Entry = RaRecord & Parameters<typeof verbOf>[0]

/** What an entry of the audit log says was done, and by which procedure: filters know that name. */
export function EntryVerb() {
  const entry = useRecordContext<Entry>()
  const translate = useTranslate()
  if (entry === undefined) return null
  return (
    <>
      <Typography variant="body2" component="span" sx={{ display: 'block' }}>
        {translate(verbOf(entry), { _: entry.action })}
      </Typography>
      <Typography variant="caption" color="text.secondary">
        {entry.action}
      </Typography>
    </>
  )
}
