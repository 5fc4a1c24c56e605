import { Box, Stack } from '@mui/material'
import { lazy, Suspense, useState } from 'react'
import {
  CreateButton,
  FilterButton,
  FilterContext,
  List,
  Pagination,
  SearchInput,
  TopToolbar,
  useCanAccess,
  useListContext,
  useResourceDefinition,
  useTranslate,
} from 'react-admin'
import { useFormContext } from 'react-hook-form'
import { BulkActions } from '../actions/BulkActions.tsx'
import { pageSizes } from '../address/judge.ts'
import { OpenedAddress } from '../address/OpenedAddress.tsx'
import type { Condition } from '../contract/conditions.ts'
import type { Field } from '../contract/fields.ts'
import { extensionsOf } from '../extensions.ts'
import { labelOf } from '../filters/labelOf.ts'
import { isOffered } from '../filters/offered.ts'
import { Scrolling } from '../layout/Scrolling.tsx'
import { RowEditing } from '../listEditing/RowEditing.tsx'
import { RowFrame } from '../listEditing/RowFrame.ts'
import type { Resource } from '../resources/describe.ts'
import { useResource } from '../resources/useResource.ts'
import { ColumnsButton } from './ColumnsButton.tsx'
import { columnsOf, hiddenColumns } from './columns.tsx'
import { listStyle } from './listStyle.ts'
import { NamedDataTable } from './NamedDataTable.tsx'
import { TreeButton } from './TreeButton.tsx'

const DateDrillDown = lazy(() => import('../drillDown/DateDrillDown.tsx'))
const ListFailure = lazy(() => import('../address/ListFailure.tsx'))
const TreeList = lazy(() => import('./TreeList.tsx'))
const LazyInput = lazy(async () => ({
  default: (await import('../fields/FieldInput.tsx')).FieldInput,
}))
const LazyCondition = lazy(async () => ({
  default: (await import('../filters/ConditionInput.tsx')).ConditionInput,
}))

/** The list of a table, as its description says. */
export function listOf(name: string) {
  return function ResourceList() {
    const resource = useResource(name)
    const [isTree, setIsTree] = useState(false)
    if (resource === undefined) return null
    return (
      <OpenedAddress resource={resource}>
        <List
          exporter={false}
          sort={resource.order}
          perPage={25}
          pagination={isTree ? false : <Pagination rowsPerPageOptions={[...pageSizes]} />}
          {...(!isTree && { filters: filtersOf(resource) })}
          actions={<ListActions resource={resource} isTree={isTree} onTree={setIsTree} />}
          empty={false}
          queryOptions={untold}
          sx={listStyle}
        >
          {isTree ? (
            <Suspense>
              <TreeList resource={resource} />
            </Suspense>
          ) : (
            <Content resource={resource} />
          )}
        </List>
      </OpenedAddress>
    )
  }
}

/** What went wrong stands in the list, and need not be told beside it. */
const untold = { onError: () => undefined }

function Content({ resource }: { resource: Resource }) {
  const { error, data } = useListContext()
  return (
    <>
      {resource.dateField && (
        <Suspense fallback={<Box sx={drillDownPlace} />}>
          <Box sx={drillDownPlace}>
            <DateDrillDown resource={resource} field={resource.dateField} />
          </Box>
        </Suspense>
      )}
      {error && (
        <Suspense>
          <ListFailure resource={resource} error={error} />
        </Suspense>
      )}
      {(!error || data) && <Rows resource={resource} />}
    </>
  )
}

/** The rows stay where they are when it comes. */
const drillDownPlace = { minHeight: 40 } as const

function Rows({ resource }: { resource: Resource }) {
  const { hasShow } = useResourceDefinition({ resource: resource.name })
  const { bulkButtons = [], expand: Unfolded } = extensionsOf(resource.name)
  const translate = useTranslate()
  const { canAccess: mayEdit } = useCanAccess({ resource: resource.name, action: 'edit' })
  const table = (
    <NamedDataTable
      storeKey={resource.columnsKey}
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
  const leadsOn = hasShow || resource.rowClick || resource.actions || resource.sorts.length > 0
  if (resource.listEditable && mayEdit) return <RowFrame value={RowEditing}>{table}</RowFrame>
  if (leadsOn) return table
  const name = translate(`resources.${resource.name}.name`, { smart_count: 2 })
  return <Scrolling label={name}>{table}</Scrolling>
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
        {!isTree && (
          <FilterContext.Provider value={offeredFilters(resource)}>
            <FilterButton />
          </FilterContext.Provider>
        )}
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

/** All that an address may ask for, whether the menu offers it or not. */
const filtersOf = (resource: Resource): React.ReactElement[] => [
  ...resource.filters.map((field) => filterOf(resource, field)),
  ...resource.conditions.map((condition) => conditionOf(resource, condition)),
]

const offeredFilters = (resource: Resource): React.ReactElement[] => [
  ...resource.filters
    .filter((field) => isOffered(resource, field))
    .map((field) => filterOf(resource, field)),
  ...resource.conditions.map((condition) => conditionOf(resource, condition)),
]

function filterOf(resource: Resource, field: Field): React.ReactElement {
  return field.name === 'search' ? (
    <SearchInput key="search" source="search" alwaysOn />
  ) : (
    <Filter key={field.name} source={field.name} table={resource} field={field} />
  )
}

function conditionOf(resource: Resource, condition: Condition): React.ReactElement {
  const { name } = condition
  return (
    <ConditionFilter
      key={`where.${name}`}
      source={`where.${name}`}
      label={labelOf(resource, name)}
      table={resource}
      condition={condition}
    />
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

/** The same for a field of the rows. The menu of filters reads its source and label. */
function ConditionFilter({
  table,
  condition,
}: {
  source: string
  label: string
  table: Resource
  condition: Condition
}) {
  const { register } = useFormContext()
  const { filterValues } = useListContext()
  for (const [operator, value] of Object.entries(filterValues.where?.[condition.name] ?? {})) {
    register(`where.${condition.name}.${operator}`, { value })
  }
  return (
    <Suspense>
      <LazyCondition table={table} condition={condition} />
    </Suspense>
  )
}
