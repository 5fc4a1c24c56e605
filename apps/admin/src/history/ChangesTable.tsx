import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import { useTranslate } from 'react-admin'
import { type Change, changesIn } from './changes.ts'

type Entry = {
  before: Readonly<Record<string, unknown>> | null
  after: Readonly<Record<string, unknown>> | null
}

/** Which fields an entry of the audit log changed, from what to what. */
export function ChangesTable({ entry }: { entry: Entry }) {
  const translate = useTranslate()
  const changes = changesIn(entry.before, entry.after)
  if (changes.length === 0) {
    return <Typography color="text.secondary">{translate('history.unchanged')}</Typography>
  }
  return (
    <Table size="small" sx={{ width: 'auto', minWidth: 480 }}>
      <TableHead>
        <TableRow>
          <TableCell>{translate('history.field')}</TableCell>
          <TableCell>{translate('history.before')}</TableCell>
          <TableCell>{translate('history.after')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {changes.map((change) => (
          <ChangeRow key={change.name} change={change} />
        ))}
      </TableBody>
    </Table>
  )
}

function ChangeRow({ change: { name, before, after } }: { change: Change }) {
  const translate = useTranslate()
  const textOf = (value: unknown): string => {
    if (value === null || value === undefined) return translate('empty')
    if (typeof value === 'boolean') return translate(value ? 'yes' : 'no')
    if (typeof value === 'object') return JSON.stringify(value)
    return translate(`choices.${name}.${String(value)}`, { _: String(value) })
  }
  return (
    <TableRow>
      <TableCell component="th" scope="row">
        {translate(`fields.${name}`, { _: name })}
      </TableCell>
      <TableCell sx={{ textDecoration: 'line-through', color: 'text.secondary' }}>
        {textOf(before)}
      </TableCell>
      <TableCell>{textOf(after)}</TableCell>
    </TableRow>
  )
}
