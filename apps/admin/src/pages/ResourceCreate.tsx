import { lazy, Suspense, useState } from 'react'
import { Create, type RaRecord, SimpleForm, useNotify, useRedirect } from 'react-admin'
import { CreateFields } from '../fields/FieldInput.tsx'
import { resourceOf } from '../resources/index.ts'
import { CreateToolbar } from './FormToolbar.tsx'
import { formStyle } from './formStyle.ts'

const NewApiKey = lazy(() => import('./NewApiKey.tsx'))

/** The form for a new row. */
export function createOf(name: string) {
  return function ResourceCreate() {
    const resource = resourceOf(name)
    const staysOpen = resource.get !== undefined && resource.toldOnce === undefined
    const notify = useNotify()
    const redirect = useRedirect()
    const [made, setMade] = useState<RaRecord | null>(null)

    function onSuccess(row: RaRecord) {
      // What is shown this once must be seen before the page is left.
      if (resource.toldOnce !== undefined) return setMade(row)
      notify('ra.notification.created', { type: 'success', messageArgs: { smart_count: 1 } })
      redirect(resource.get ? 'show' : 'list', name, row.id, row)
    }

    return (
      <Create mutationOptions={{ onSuccess }}>
        <SimpleForm noValidate sx={formStyle} {...(staysOpen && { toolbar: <CreateToolbar /> })}>
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
