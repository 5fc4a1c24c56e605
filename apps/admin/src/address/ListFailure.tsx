import { Alert, AlertTitle, Button } from '@mui/material'
import { useListContext, useLocale, useTranslate } from 'react-admin'
import { CallError } from '../providers/CallError.ts'
import { failureText } from '../providers/failureText.ts'
import type { Resource } from '../resources/describe.ts'
import { filterName } from './wrongFilters.ts'

/** Tells why a list could not be read, filter by filter where those are to blame, and leads on. */
export default function ListFailure({ resource, error }: { resource: Resource; error: unknown }) {
  const translate = useTranslate()
  const locale = useLocale()
  const { filterValues, setFilters, refetch } = useListContext()
  const words = { locale, translate }
  const faults = Object.entries(error instanceof CallError ? (error.body.errors ?? {}) : {})
  const isNarrowed = Object.keys(filterValues).length > 0
  return (
    <Alert severity="error" sx={{ m: 2 }}>
      <AlertTitle>{failureText(error, words)}</AlertTitle>
      <ul style={{ margin: 0, paddingLeft: 20, overflowWrap: 'anywhere' }}>
        {faults.map(([path, why]) => (
          <li key={path}>
            {filterName(resource, path.replace(/^where\./, '').split('.'), words)}: {why}
          </li>
        ))}
      </ul>
      {isNarrowed && (
        <Button color="inherit" onClick={() => setFilters({}, {})}>
          {translate('address.removeFilters')}
        </Button>
      )}
      <Button color="inherit" onClick={() => void refetch()}>
        {translate('address.again')}
      </Button>
    </Alert>
  )
}
