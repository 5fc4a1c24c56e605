import { Typography } from '@mui/material'
import { useTranslate } from 'react-admin'
import { commonReferences } from '../resources/references.ts'
import { useRowNames } from './useRowNames.ts'

/** A value inside a row that has parts of its own: each by its name, and ids by what they name. */
export function NestedValue({ value }: { value: unknown }) {
  if (Array.isArray(value)) {
    return value.every((one) => typeof one === 'string') ? (
      <Part>{value.join(', ')}</Part>
    ) : (
      value.map((one) => <NestedValue key={JSON.stringify(one)} value={one} />)
    )
  }
  if (typeof value !== 'object' || value === null) return <Part>{String(value ?? '')}</Part>
  const parts = Object.entries(value).filter(([, part]) => (part ?? null) !== null)
  return parts.map(([name, part]) => <NamedPart key={name} name={name} part={part} />)
}

function NamedPart({ name, part }: { name: string; part: unknown }) {
  const translate = useTranslate()
  const ofSeveral = name.endsWith('Ids')
  const field = ofSeveral ? name.slice(0, -1) : name
  const reference = commonReferences[field]
  const label = translate(`fields.${field}`, { _: field })
  return (
    <Part>
      {label}:{' '}
      {reference === undefined ? (
        <NestedValue value={part} />
      ) : (
        <RowNames resource={reference} ids={[part].flat().map(String)} />
      )}
    </Part>
  )
}

function RowNames({ resource, ids }: { resource: string; ids: readonly string[] }) {
  return useRowNames(resource, ids).join(', ')
}

function Part({ children }: { children: React.ReactNode }) {
  return (
    <Typography component="span" variant="body2" sx={{ whiteSpace: 'pre-wrap' }}>
      {children}
    </Typography>
  )
}
