import UploadFile from '@mui/icons-material/UploadFile'
import { Button } from 'react-admin'
import { Link } from 'react-router'
import { useMayCall } from '../actions/useMayCall.ts'
import type { Resource } from '../resources/describe.ts'

/** Which kind of file fills which table. */
const kinds: Readonly<Record<string, string>> = { levels: 'openingStock' }

/** Above a list: leads to the import of what the list holds. */
export function ImportButton({ resource: { name } }: { resource: Resource }) {
  // The page is for those who may write all that a file can hold.
  if (!useMayCall('products.create')) return null
  return (
    <Button label="import.button" component={Link} to={`/import?kind=${kinds[name] ?? name}`}>
      <UploadFile />
    </Button>
  )
}
