import { Chip, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import {
  BooleanField,
  DateField,
  EmailField,
  FunctionField,
  NumberField,
  ReferenceField,
  TextField,
  useLocale,
  useRecordContext,
  useTranslate,
} from 'react-admin'
import type { Field } from '../contract/fields.ts'
import type { Resource } from '../resources/describe.ts'
import { decimalText, dayText, momentFormat } from './formats.ts'

/** The value of one field of the row it stands in, as its kind wants to be read. */
export function FieldValue({ resource, field }: { resource: Resource; field: Field }) {
  const { name: source, kind } = field
  const empty = 'empty'
  const reference = resource.references?.[source]
  if (reference !== undefined) {
    return <ReferenceField source={source} reference={reference} link="show" emptyText={empty} />
  }
  switch (kind) {
    case 'integer':
      return <NumberField source={source} emptyText={empty} />
    case 'boolean':
      return <BooleanField source={source} valueLabelTrue="yes" valueLabelFalse="no" />
    case 'moment':
      return <DateField source={source} showTime options={momentFormat} emptyText={empty} />
    case 'email':
      return <EmailField source={source} emptyText={empty} />
    case 'decimal':
      return <DecimalValue source={source} />
    case 'day':
      return <DayValue source={source} />
    case 'choice':
      return <ChoiceValue source={source} />
    case 'rows':
      return <RowsValue resource={resource} field={field} />
    case 'longText':
      return <TextField source={source} emptyText={empty} sx={{ whiteSpace: 'pre-line' }} />
    case 'value':
      return <JsonValue source={source} />
    case 'archived':
    case 'id':
    case 'password':
    case 'text':
      return <TextField source={source} emptyText={empty} />
  }
}

type OfSource = { source: string }

function DecimalValue({ source }: OfSource) {
  const locale = useLocale()
  return (
    <FunctionField
      source={source}
      emptyText="empty"
      render={(row) => decimalText(row[source], locale)}
    />
  )
}

function DayValue({ source }: OfSource) {
  const locale = useLocale()
  const value = useRecordContext()?.[source] as string | null | undefined
  return value ? <span>{dayText(value, locale)}</span> : <NoValue />
}

/** Colours that say at a glance whether something is as usual. */
const choiceColours: Readonly<Record<string, 'success' | 'warning' | 'error' | 'info'>> = {
  available: 'success',
  hold: 'warning',
  recalled: 'error',
  short: 'error',
  expired: 'warning',
  open: 'info',
  review: 'warning',
  posted: 'success',
  pending: 'warning',
  edited: 'error',
  unknown: 'error',
}

function ChoiceValue({ source }: OfSource) {
  const translate = useTranslate()
  const value = useRecordContext()?.[source] as string | null | undefined
  if (!value) return <NoValue />
  const label = translate(`choices.${source}.${value}`, { _: value })
  const colour = choiceColours[value]
  return colour === undefined ? (
    <span>{label}</span>
  ) : (
    <Chip size="small" variant="outlined" color={colour} label={label} />
  )
}

function JsonValue({ source }: OfSource) {
  const value: unknown = useRecordContext()?.[source]
  if (value === null || value === undefined) return <NoValue />
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 1)
  return (
    <Typography component="span" variant="body2" sx={{ whiteSpace: 'pre-wrap' }}>
      {text}
    </Typography>
  )
}

function RowsValue({ resource, field }: { resource: Resource; field: Field }) {
  const translate = useTranslate()
  const record = useRecordContext()
  const rows = ((record?.[field.name] ?? []) as Record<string, unknown>[]).filter(
    (row) => (row.archivedAt ?? null) === null,
  )
  const columns = field.fields.filter(({ name }) => name !== 'id' && name !== 'archivedAt')
  const locale = useLocale()
  if (rows.length === 0) return <NoValue />
  return (
    <Table size="small" sx={{ width: 'auto' }}>
      <TableHead>
        <TableRow>
          {columns.map(({ name }) => (
            <TableCell key={name}>
              {translate(`resources.${resource.name}.fields.${field.name}.${name}`)}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={JSON.stringify(row)}>
            {columns.map(({ name, kind }) => (
              <TableCell key={name} align={kind === 'integer' ? 'right' : 'left'}>
                {kind === 'choice'
                  ? translate(`choices.${name}.${String(row[name])}`)
                  : cellText(row[name], locale)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function cellText(value: unknown, locale: string): string {
  if (value === null || value === undefined) return '—'
  return typeof value === 'number' ? value.toLocaleString(locale) : String(value)
}

function NoValue() {
  const translate = useTranslate()
  return <span>{translate('empty')}</span>
}
