import { Chip, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import { lazy, type ReactNode, Suspense } from 'react'
import {
  BooleanField,
  DateField,
  EmailField,
  NumberField,
  type RaRecord,
  RecordContextProvider,
  ReferenceField,
  TextField,
  useRecordContext,
  useTranslate,
} from 'react-admin'
import type { Field } from '../contract/fields.ts'
import { EntryLink } from '../history/EntryLink.tsx'
import { EntryVerb } from '../history/EntryVerb.tsx'
import type { Resource } from '../resources/describe.ts'
import { dayText, decimalText, momentFormat } from './formats.ts'
import { NestedValue } from './NestedValue.tsx'
import { usePersonLocale } from './usePersonLocale.ts'
import { useRowNames } from './useRowNames.ts'

const ProgramName = lazy(() => import('./ProgramName.tsx'))

type Shown = { resource: Pick<Resource, 'name' | 'references'>; field: Field }

/** The value of one field of the row it stands in, as its kind wants to be read. */
export function FieldValue({ resource, field }: Shown) {
  const { name: source, kind } = field
  const locales = usePersonLocale()
  const empty = 'empty'
  const reference = resource.references?.[source]
  if (reference !== undefined && kind === 'ids') {
    return <RowsNamed source={source} reference={reference} />
  }
  if (reference !== undefined) {
    return (
      <ReferenceField
        source={source}
        reference={reference}
        link="show"
        emptyText={empty}
        {...(reference === 'locations' && { sx: inOneLine })}
      />
    )
  }
  switch (kind) {
    case 'integer':
      // The number of a row is its name, and nothing to count.
      if (source === 'id') return <TextField source={source} />
      return <NumberField source={source} locales={locales} emptyText={empty} />
    case 'boolean':
      return (
        <BooleanField source={source} valueLabelTrue="yes" valueLabelFalse="no" emptyText={empty} />
      )
    case 'moment':
      return (
        <DateField
          source={source}
          locales={locales}
          showTime
          options={momentFormat}
          emptyText={empty}
          sx={inOneLine}
        />
      )
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
    case 'choices':
    case 'ids':
    case 'texts':
    case 'value':
      return <InnerValue source={source} />
    case 'audited':
      return <EntryLink />
    case 'done':
      return <EntryVerb />
    case 'program':
      return <ProgramValue source={source} />
    case 'archived':
    case 'id':
    case 'password':
    case 'text':
      return <TextField source={source} emptyText={empty} />
  }
}

/** What is read as one word: a moment, the code of a place. */
const inOneLine = { whiteSpace: 'nowrap' } as const

type OfSource = { source: string }

function DecimalValue({ source }: OfSource) {
  const locale = usePersonLocale()
  const value = useRecordContext()?.[source] as string | null | undefined
  return value ? <Plain>{decimalText(value, locale)}</Plain> : <NoValue />
}

function ProgramValue({ source }: OfSource) {
  const value = useRecordContext()?.[source] as string | null | undefined
  if (!value) return <NoValue />
  return (
    <Suspense>
      <ProgramName userAgent={value} />
    </Suspense>
  )
}

function DayValue({ source }: OfSource) {
  const locale = usePersonLocale()
  const value = useRecordContext()?.[source] as string | null | undefined
  return value ? <Plain>{dayText(value, locale)}</Plain> : <NoValue />
}

/** The names of several rows, or what it means that there is none. */
function RowsNamed({ source, reference }: OfSource & { reference: string }) {
  const translate = useTranslate()
  const ids = (useRecordContext()?.[source] ?? []) as readonly string[]
  const names = useRowNames(reference, ids)
  return (
    <Plain>
      {ids.length === 0 ? translate(`none.${source}`, { _: translate('empty') }) : names.join(', ')}
    </Plain>
  )
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
  working: 'success',
  failing: 'error',
  late: 'error',
}

function ChoiceValue({ source }: OfSource) {
  const translate = useTranslate()
  const value = useRecordContext()?.[source] as string | null | undefined
  if (!value) return <NoValue />
  const label = translate(`choices.${source}.${value}`, { _: value })
  const colour = choiceColours[value]
  return colour === undefined ? (
    <Plain>{label}</Plain>
  ) : (
    <Chip
      size="small"
      variant="outlined"
      color={colour}
      label={label}
      sx={{ alignSelf: 'flex-start' }}
    />
  )
}

function InnerValue({ source }: OfSource) {
  const value: unknown = useRecordContext()?.[source]
  return value === null || value === undefined ? <NoValue /> : <NestedValue value={value} />
}

function RowsValue({ resource, field }: Shown) {
  const translate = useTranslate()
  const record = useRecordContext()
  const rows = ((record?.[field.name] ?? []) as Record<string, unknown>[]).filter(
    (row) => (row.archivedAt ?? null) === null,
  )
  const columns = field.fields.filter(({ name, kind }) => kind !== 'id' && name !== 'archivedAt')
  if (rows.length === 0) return <NoValue />
  return (
    <Table size="small" sx={{ width: 'auto', minWidth: 320 }}>
      <TableHead>
        <TableRow>
          {columns.map(({ name, kind }) => (
            <TableCell key={name} align={kind === 'integer' ? 'right' : 'left'}>
              {translate(`resources.${resource.name}.fields.${field.name}.${name}`)}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={JSON.stringify(row)}>
            {columns.map((inner) => (
              <TableCell key={inner.name} align={inner.kind === 'integer' ? 'right' : 'left'}>
                <RecordContextProvider value={row as RaRecord}>
                  <FieldValue resource={resource} field={inner} />
                </RecordContextProvider>
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function NoValue() {
  const translate = useTranslate()
  return <Plain>{translate('empty')}</Plain>
}

function Plain({ children }: { children: ReactNode }) {
  return (
    <Typography component="span" variant="body2">
      {children}
    </Typography>
  )
}
