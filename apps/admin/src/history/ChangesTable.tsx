import { Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import { useMemo } from 'react'
import { RecordContextProvider, useTranslate } from 'react-admin'
import { FieldValue } from '../fields/FieldValue.tsx'
import { type Change, changesIn } from './changes.ts'
import { describeEntity, type Entity, fieldOfEntity } from './describeEntity.ts'

/** What an entry of the audit log is about, and the two states of it that it keeps. */
export type Entry = {
  entity: string
  before: Readonly<Record<string, unknown>> | null
  after: Readonly<Record<string, unknown>> | null
}

/** Which fields an entry of the audit log changed, from what to what. */
export function ChangesTable({ entry }: { entry: Entry }) {
  const translate = useTranslate()
  const entity = useMemo(() => describeEntity(entry.entity), [entry.entity])
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
          <ChangeRow key={change.name} entity={entity} change={change} />
        ))}
      </TableBody>
    </Table>
  )
}

function ChangeRow({
  entity,
  change: { name, before, after },
}: {
  entity: Entity
  change: Change
}) {
  const translate = useTranslate()
  const field = fieldOfEntity(entity, name, [after, before])
  const shown = (value: unknown) => (
    <RecordContextProvider value={{ id: '', [name]: value }}>
      <FieldValue resource={entity} field={field} />
    </RecordContextProvider>
  )
  return (
    <TableRow>
      <TableCell component="th" scope="row">
        {translate(`fields.${name}`, { _: name })}
      </TableCell>
      <TableCell sx={{ '& *': { textDecoration: 'line-through', color: 'text.secondary' } }}>
        {shown(before)}
      </TableCell>
      <TableCell>{shown(after)}</TableCell>
    </TableRow>
  )
}
