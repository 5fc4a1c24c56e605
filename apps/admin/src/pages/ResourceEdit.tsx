import { useMemo, useState } from 'react'
import {
  Edit,
  type RaRecord,
  SimpleForm,
  useNotify,
  useRecordContext,
  useRedirect,
} from 'react-admin'
import { Conflict, type ConflictingSave } from '../conflict/Conflict.tsx'
import { FieldInput } from '../fields/FieldInput.tsx'
import { asFilled, inputFrom } from '../contract/inputs.ts'
import { CallError } from '../providers/CallError.ts'
import type { Resource } from '../resources/describe.ts'
import { useResource } from '../resources/useResource.ts'
import { EditToolbar } from './FormToolbar.tsx'
import { formStyle } from './formStyle.ts'

type Save = { data: Partial<RaRecord>; previousData: RaRecord }

/** The form for a row that is there. Who saves second sees what the first one saved, and chooses. */
export function editOf(name: string) {
  return function ResourceEdit() {
    const resource = useResource(name)
    const notify = useNotify()
    const redirect = useRedirect()
    const [conflict, setConflict] = useState<ConflictingSave | null>(null)

    if (resource === undefined) return null

    function onError(error: unknown, { data, previousData }: Save) {
      if (error instanceof CallError && error.refusal.code === 'CHANGED_MEANWHILE') {
        return setConflict({ base: previousData, mine: data })
      }
      if (error instanceof CallError && error.body.errors) return
      notify(error instanceof Error ? error.message : String(error), { type: 'error' })
    }

    return (
      <Edit
        mutationMode="pessimistic"
        redirect={resource.get ? 'show' : 'list'}
        mutationOptions={{ onError: onError as never }}
      >
        <EditForm resource={resource} />
        {conflict && (
          <Conflict
            resource={resource}
            save={conflict}
            onClose={() => setConflict(null)}
            onDone={(id) => redirect('show', name, id)}
          />
        )}
      </Edit>
    )
  }
}

function EditForm({ resource }: { resource: Resource }) {
  const row = useRecordContext()
  const values = useMemo(() => row && formValues(resource, row), [resource, row])
  if (values === undefined) return null
  return (
    <SimpleForm noValidate record={values} sx={formStyle} toolbar={<EditToolbar />}>
      {resource.updateFields.map((field) => (
        <FieldInput key={field.name} resource={resource} field={asFilled(field)} />
      ))}
    </SimpleForm>
  )
}

/** The row with its inner rows as the form asks for them: none that are out of use. */
function formValues(resource: Resource, row: RaRecord): RaRecord {
  return { ...row, ...inputFrom(resource.updateFields, row) }
}
