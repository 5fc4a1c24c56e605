import { Stack } from '@mui/material'
import { Form, useRecordContext } from 'react-admin'
import { useWatch } from 'react-hook-form'
import { useSearchParams } from 'react-router'
import { FieldInput } from '../fields/FieldInput.tsx'
import { RelatedRows } from '../pages/RelatedRows.tsx'
import { resourceOf } from '../resources/index.ts'

/**
 * The movements of the product of this page with the balance after each, of the whole stock or of the
 * place and lot that are asked for, in the address or here.
 */
export default function StockHistory() {
  const product = useRecordContext()
  const [asked] = useSearchParams()
  if (product === undefined) return null
  const history = {
    ...resourceOf('stockHistory'),
    referenceFilters: { lotId: { productId: product.id, archived: 'all' } },
  }
  const narrowing = history.filters.filter(
    ({ name }) => name === 'locationId' || (name === 'lotId' && product.tracking === 'lot'),
  )
  return (
    <Form record={{ id: product.id, ...Object.fromEntries(asked) }}>
      <Stack direction={{ sm: 'row' }} spacing={2}>
        {narrowing.map((field) => (
          <FieldInput key={field.name} resource={history} field={field} isFilter />
        ))}
      </Stack>
      <Movements />
    </Form>
  )
}

function Movements() {
  const { locationId, lotId } = useWatch() as { locationId?: string; lotId?: string }
  const filter = { ...(locationId && { locationId }), ...(lotId && { lotId }) }
  return <RelatedRows list={{ resource: 'stockHistory', target: 'productId', filter }} />
}
