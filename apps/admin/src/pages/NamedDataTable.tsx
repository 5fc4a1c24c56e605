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
import { type ComponentType, use } from 'react'
import { RowFrame } from '../listEditing/RowFrame.ts'

/** A table whose checkboxes say which row they select, to those too who do not see the row. */
export function NamedDataTable(props: DataTableProps) {
  return <DataTable body={Body} {...props} />
}

function Body(props: object) {
  // The table gives the row what it needs by context.
  return <DataTableBody {...props} row={Row as ComponentType} />
}

/** The row of react-admin, with our own checkbox in the place of its nameless one, and maybe inputs. */
function Row({ children, ...rest }: DataTableRowProps) {
  const config = useDataTableConfigContext()
  const Frame = use(RowFrame)
  if (!config.hasBulkActions) return <DataTableRow {...rest}>{children}</DataTableRow>
  return (
    <Frame>
      {({ buttons, ...answers }) => (
        <DataTableConfigContext value={{ ...config, hasBulkActions: false }}>
          <DataTableRow {...rest} {...answers}>
            <TableCell padding="checkbox" sx={inOneLine}>
              <RowCheckbox />
              {buttons}
            </TableCell>
            {children}
          </DataTableRow>
        </DataTableConfigContext>
      )}
    </Frame>
  )
}

const inOneLine = { whiteSpace: 'nowrap' } as const

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
