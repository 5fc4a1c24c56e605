import { Box } from '@mui/material'
import { useRecordContext } from 'react-admin'
import { ChangesTable, type Entry } from './ChangesTable.tsx'

/** What the entry of the audit log that it stands in changed. */
export function EntryChanges() {
  const entry = useRecordContext<Entry & { id: number }>()
  return <Box sx={{ p: 1, pl: 7 }}>{entry && <ChangesTable entry={entry} />}</Box>
}
