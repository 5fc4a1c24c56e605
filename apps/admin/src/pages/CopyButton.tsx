import ContentCopy from '@mui/icons-material/ContentCopy'
import { Button, Link, useCanAccess, useCreatePath, useRecordContext } from 'react-admin'
import { inputFrom } from '../contract/inputs.ts'
import type { Resource } from '../resources/describe.ts'

/** Opens the form for a new row with all that the copy may have in common with this one. */
export function CopyButton({ resource }: { resource: Resource }) {
  const record = useRecordContext()
  const createPath = useCreatePath()
  const { canAccess } = useCanAccess({ resource: resource.name, action: 'create' })
  if (record === undefined || !canAccess) return null
  const fields = resource.createFields.filter(({ name }) => !resource.cloneWithout?.includes(name))
  const copy = { ...inputFrom(fields, record), ...resource.cloneAs?.(record) }
  return (
    <Button
      component={Link}
      label="actions.clone"
      to={{
        pathname: createPath({ resource: resource.name, type: 'create' }),
        search: new URLSearchParams({ source: JSON.stringify(copy) }).toString(),
      }}
    >
      <ContentCopy />
    </Button>
  )
}
