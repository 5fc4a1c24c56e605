import { Box } from '@mui/material'
import { lazy, Suspense } from 'react'
import { Labeled, Link, TextField, useCreatePath, useRecordContext } from 'react-admin'
import type { Role } from '@stockbook/client'
import { mayCall } from '../contract/procedures.ts'
import type { Field } from '../contract/fields.ts'
import { FieldValue } from '../fields/FieldValue.tsx'
import { resourceOf } from '../resources/index.ts'
import { commonReferences } from '../resources/references.ts'
import type { Resource } from '../resources/describe.ts'

const FirstPicture = lazy(() => import('../attachments/FirstPicture.tsx'))

/** All fields of the row of this page. */
export function Details({ resource, role }: { resource: Resource; role: Role }) {
  const record = useRecordContext()
  if (record === undefined) return null
  return (
    <>
      {resource.hasPicture && resource.attachedTo && (
        <Suspense>
          <FirstPicture row={resource.attachedTo(record)} />
        </Suspense>
      )}
      <Box sx={detailsStyle}>
        {fieldsToShow(resource).map((field) => (
          <Labeled
            key={field.name}
            source={field.name}
            sx={wide.includes(field.kind) ? { gridColumn: '1 / -1' } : {}}
          >
            {field.name in idsOfNames ? (
              <NameOfRow field={field} role={role} />
            ) : (
              <FieldValue resource={resource} field={field} />
            )}
          </Labeled>
        ))}
      </Box>
    </>
  )
}

/** Fields that hold what people call a row, each with the one that holds the row's id. */
const idsOfNames: Readonly<Record<string, string>> = {
  productName: 'productId',
  locationCode: 'locationId',
  lotCode: 'lotId',
  supplierName: 'supplierId',
  actorName: 'actorId',
  createdByName: 'createdBy',
}

/** Each row is named once. */
function fieldsToShow({ fields }: Resource): Field[] {
  const named = fields.flatMap(({ name }) => idsOfNames[name] ?? [])
  return fields.filter(
    ({ name, kind }) => !named.includes(name) && (name !== 'id' || kind === 'integer'),
  )
}

/** The name of a row, with the way to its page for whoever may read it. */
function NameOfRow({ field: { name }, role }: { field: Field; role: Role }) {
  const record = useRecordContext()
  const createPath = useCreatePath()
  const idField = idsOfNames[name]!
  const reference = commonReferences[idField]!
  const { get } = resourceOf(reference)
  const id: unknown = record?.[idField]
  const text = <TextField source={name} emptyText="empty" />
  if (typeof id !== 'string' || get === undefined || !mayCall(role, get)) return text
  return <Link to={createPath({ resource: reference, type: 'show', id })}>{text}</Link>
}

/** Text of this kind needs the whole width. */
const wide = ['rows', 'longText', 'value']

const detailsStyle = {
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(min(220px, 100%), 1fr))',
  gap: 2,
  alignItems: 'start',
}
