import { lazy, Suspense, useState } from 'react'
import { Create, type RaRecord, SimpleForm, useNotify, useRedirect } from 'react-admin'
import { defaultsOf } from '../contract/inputs.ts'
import { CreateFields } from '../fields/FieldInput.tsx'
import { useResource } from '../resources/useResource.ts'
import { CreateToolbar } from './FormToolbar.tsx'
import { formStyle } from './formStyle.ts'

const NewApiKey = lazy(() => import('./NewApiKey.tsx'))

/** The form for a new row. */
export function createOf(name: string) {
  return function ResourceCreate() {
    const resource = useResource(name)
    const notify = useNotify()
    const redirect = useRedirect()
    const [made, setMade] = useState<RaRecord | null>(null)
    if (resource === undefined) return null
    const { get, toldOnce } = resource
    const staysOpen = get !== undefined && toldOnce === undefined

    function onSuccess(row: RaRecord) {
      // What is shown this once must be seen before the page is left.
      if (toldOnce !== undefined) return setMade(row)
      notify('ra.notification.created', { type: 'success', messageArgs: { smart_count: 1 } })
      redirect(get ? 'show' : 'list', name, row.id, row)
    }

    return (
      <Create mutationOptions={{ onSuccess }}>
        <SimpleForm
          noValidate
          // Inputs that are loaded later would else make a form that is filled in count as untouched.
          defaultValues={defaultsOf(resource.createFields)}
          sx={formStyle}
          {...(staysOpen && { toolbar: <CreateToolbar /> })}
        >
          <CreateFields resource={resource} />
        </SimpleForm>
        {made && (
          <Suspense>
            <NewApiKey made={made} onClose={() => redirect('list', name)} />
          </Suspense>
        )}
      </Create>
    )
  }
}
