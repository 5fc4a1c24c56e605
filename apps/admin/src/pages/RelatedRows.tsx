import { Pagination, ReferenceManyField } from 'react-admin'
import type { RelatedList } from '../resources/describe.ts'
import { useResource } from '../resources/useResource.ts'
import { columnsOf, hiddenColumns } from './columns.tsx'
import { listStyle } from './listStyle.ts'
import { NamedDataTable } from './NamedDataTable.tsx'

/** Fields that say the same in every row of a related list. */
const namesOfTarget: Readonly<Record<string, readonly string[]>> = {
  productId: ['productId', 'sku', 'productName', 'baseUnit'],
  locationId: ['locationId', 'locationCode'],
  lotId: ['lotId', 'lotCode'],
  userId: ['userId', 'username'],
  actorId: ['actorId', 'actorName'],
}

/** The rows of another table that belong to the row of this page. */
export function RelatedRows({ list }: { list: RelatedList }) {
  const resource = useResource(list.resource)
  if (resource === undefined) return null
  const hidden = hiddenColumns(resource, namesOfTarget[list.target] ?? [list.target])
  return (
    <ReferenceManyField
      reference={list.resource}
      target={list.target}
      {...(list.filter && { filter: list.filter })}
      sort={resource.order}
      perPage={10}
      pagination={<Pagination rowsPerPageOptions={[10, 25, 50]} />}
    >
      <NamedDataTable
        bulkActionButtons={false}
        storeKey={`${list.target}.${resource.columnsKey}`}
        hiddenColumns={hidden}
        sx={listStyle}
        {...(resource.get
          ? { rowClick: 'show' as const }
          : resource.rowClick && {
              rowClick: (_id, _name, row) => resource.rowClick?.(row) ?? false,
            })}
      >
        {columnsOf(resource)}
      </NamedDataTable>
    </ReferenceManyField>
  )
}
