import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import { RecordContextProvider, ReferenceField, useTranslate } from 'react-admin'
import { commonReferences } from '../resources/references.ts'
import { type Change, changesIn, summaryOf } from './changes.ts'

/** The two states that an entry of the audit log keeps. */
export type Entry = {
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
    if (typeof value === 'object') return summaryOf(value)
    return translate(`choices.${name}.${String(value)}`, { _: String(value) })
  }
  const reference = commonReferences[name]
  const shown = (value: unknown): ReactNode =>
    reference !== undefined && typeof value === 'string' ? (
      <RecordContextProvider value={{ id: value, [name]: value }}>
        <ReferenceField source={name} reference={reference} />
      </RecordContextProvider>
    ) : (
      textOf(value)
    )
  return (
    <TableRow>
      <TableCell component="th" scope="row">
        {translate(`fields.${name}`, { _: name })}
      </TableCell>
      <TableCell sx={{ textDecoration: 'line-through', color: 'text.secondary' }}>
        {shown(before)}
      </TableCell>
      <TableCell>{shown(after)}</TableCell>
    </TableRow>
  )
}
