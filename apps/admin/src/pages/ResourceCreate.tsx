import { useState } from 'react'
import { Create, type RaRecord, SimpleForm, useNotify, useRedirect } from 'react-admin'
import { CreateFields } from '../fields/FieldInput.tsx'
import { resourceOf } from '../resources/index.ts'
import { CreateToolbar } from './FormToolbar.tsx'
import { formStyle } from './formStyle.ts'
import { NewApiKey } from './NewApiKey.tsx'

/** The form for a new row. */
export function createOf(name: string) {
  return function ResourceCreate() {
    const resource = resourceOf(name)
    const notify = useNotify()
    const redirect = useRedirect()
    const [made, setMade] = useState<RaRecord | null>(null)

    function onSuccess(row: RaRecord) {
      // What is shown this once must be seen before the page is left.
      if (typeof row.key === 'string') return setMade(row)
      notify('ra.notification.created', { type: 'success', messageArgs: { smart_count: 1 } })
      redirect(resource.get ? 'show' : 'list', name, row.id, row)
    }

    return (
      <Create mutationOptions={{ onSuccess }}>
        <SimpleForm noValidate sx={formStyle} {...(resource.get && { toolbar: <CreateToolbar /> })}>
          <CreateFields resource={resource} />
        </SimpleForm>
        {made && <NewApiKey made={made} onClose={() => redirect('list', name)} />}
      </Create>
    )
  }
}
