import { Stack } from '@mui/material'
import { lazy, Suspense, useState } from 'react'
import {
  CreateButton,
  FilterButton,
  List,
  Pagination,
  SearchInput,
  TopToolbar,
  useListContext,
  useResourceDefinition,
} from 'react-admin'
import { useFormContext } from 'react-hook-form'
import { BulkActions } from '../actions/BulkActions.tsx'
import type { Field } from '../contract/fields.ts'
import { extensionsOf } from '../extensions.ts'
import type { Resource } from '../resources/describe.ts'
import { resourceOf } from '../resources/index.ts'
import { ColumnsButton } from './ColumnsButton.tsx'
import { columnsOf, hiddenColumns } from './columns.tsx'
import { listStyle } from './listStyle.ts'
import { NamedDataTable } from './NamedDataTable.tsx'
import { TreeButton } from './TreeButton.tsx'

const TreeList = lazy(() => import('./TreeList.tsx'))
const LazyInput = lazy(async () => ({
  default: (await import('../fields/FieldInput.tsx')).FieldInput,
}))

/** The list of a table, as its description says. */
export function listOf(name: string) {
  return function ResourceList() {
    const resource = resourceOf(name)
    const [isTree, setIsTree] = useState(false)
    return (
      <List
        exporter={false}
        sort={resource.order}
        perPage={25}
        pagination={isTree ? false : <Pagination rowsPerPageOptions={pageSizes} />}
        {...(!isTree && { filters: filtersOf(resource) })}
        actions={<ListActions resource={resource} isTree={isTree} onTree={setIsTree} />}
        empty={false}
        sx={listStyle}
      >
        {isTree ? (
          <Suspense>
            <TreeList resource={resource} />
          </Suspense>
        ) : (
          <Rows resource={resource} />
        )}
      </List>
    )
  }
}

const pageSizes = [10, 25, 50, 100, 200]

function Rows({ resource }: { resource: Resource }) {
  const { hasShow } = useResourceDefinition({ resource: resource.name })
  const { bulkButtons = [], expand: Unfolded } = extensionsOf(resource.name)
  return (
    <NamedDataTable
      hiddenColumns={hiddenColumns(resource)}
      rowClick={
        resource.rowClick
          ? (_id, _resource, row) => resource.rowClick?.(row) ?? false
          : hasShow
            ? 'show'
            : false
      }
      bulkActionButtons={
        resource.actions || bulkButtons.length > 0 ? <BulkActions resource={resource} /> : false
      }
      {...(Unfolded && { expand: <Unfolded />, rowClick: 'expand' })}
    >
      {columnsOf(resource)}
    </NamedDataTable>
  )
}

function ListActions({
  resource,
  isTree,
  onTree,
}: {
  resource: Resource
  isTree: boolean
  onTree: (isTree: boolean) => void
}) {
  const { hasCreate } = useResourceDefinition({ resource: resource.name })
  const { listButtons = [] } = extensionsOf(resource.name)
  return (
    <TopToolbar>
      <Stack direction="row" useFlexGap sx={{ flexWrap: 'wrap', justifyContent: 'flex-end' }}>
        {resource.isTree && <TreeButton isTree={isTree} onChange={onTree} />}
        {!isTree && <FilterButton />}
        {!isTree && <ColumnsButton resource={resource} />}
        {listButtons.map((ListButton, index) => (
          <Suspense key={index}>
            <ListButton resource={resource} />
          </Suspense>
        ))}
        {hasCreate && <CreateButton />}
      </Stack>
    </TopToolbar>
  )
}

function filtersOf(resource: Resource): React.ReactElement[] {
  return resource.filters.map((field) =>
    field.name === 'search' ? (
      <SearchInput key="search" source="search" alwaysOn />
    ) : (
      <Filter key={field.name} source={field.name} table={resource} field={field} />
    ),
  )
}

/**
 * Asks for what the list is narrowed by. Loaded when the first filter is added. The form of filters
 * gives a `resource` of its own: a name.
 */
function Filter({ table, source, field }: { table: Resource; source: string; field: Field }) {
  const { register } = useFormContext()
  const { filterValues } = useListContext()
  // The form gives inputs that it knows what the address says, and this one is loaded only now.
  register(source, { value: filterValues[source] })
  return (
    <Suspense>
      <LazyInput source={source} resource={table} field={field} isFilter />
    </Suspense>
  )
}
