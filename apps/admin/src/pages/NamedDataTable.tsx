import { Checkbox, TableCell } from '@mui/material'
import { DataTableConfigContext } from 'ra-core'
import {
  DataTable,
  DataTableBody,
  type DataTableProps,
  DataTableRow,
  type DataTableRowProps,
  useDataTableCallbacksContext,
  useDataTableConfigContext,
  useDataTableSelectedIdsContext,
  useGetRecordRepresentation,
  useRecordContext,
  useResourceContext,
  useTranslate,
} from 'react-admin'
import type { ComponentType } from 'react'

/** A table whose checkboxes say which row they select, to those too who do not see the row. */
export function NamedDataTable(props: DataTableProps) {
  return <DataTable body={Body} {...props} />
}

function Body(props: object) {
  // The table gives the row what it needs by context.
  return <DataTableBody {...props} row={Row as ComponentType} />
}

/** The row of react-admin, with our own checkbox in the place of its nameless one. */
function Row({ children, ...rest }: DataTableRowProps) {
  const config = useDataTableConfigContext()
  if (!config.hasBulkActions) return <DataTableRow {...rest}>{children}</DataTableRow>
  return (
    <DataTableConfigContext value={{ ...config, hasBulkActions: false }}>
      <DataTableRow {...rest}>
        <TableCell padding="checkbox">
          <RowCheckbox />
        </TableCell>
        {children}
      </DataTableRow>
    </DataTableConfigContext>
  )
}

function RowCheckbox() {
  const { handleToggleItem } = useDataTableCallbacksContext()
  const selected = useDataTableSelectedIdsContext()
  const record = useRecordContext()
  const represent = useGetRecordRepresentation(useResourceContext())
  const translate = useTranslate()
  if (record === undefined || handleToggleItem === undefined) return null
  const name = String(represent(record))
  return (
    <Checkbox
      className="select-item"
      checked={selected?.includes(record.id) ?? false}
      slotProps={{ input: { 'aria-label': translate('list.selectRow', { name }) } }}
      onClick={(event) => {
        event.stopPropagation()
        handleToggleItem(record.id, event as never)
      }}
    />
  )
}
