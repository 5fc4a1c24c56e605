import { type ReactNode, use } from 'react'
import { DataTable } from 'react-admin'
import type { Field } from '../contract/fields.ts'
import { extensionsOf } from '../extensions.ts'
import { FieldValue } from '../fields/FieldValue.tsx'
import { CellInputs } from '../listEditing/CellInputs.ts'
import type { Resource } from '../resources/describe.ts'
import { RowOpener } from './RowOpener.tsx'

/** Fields that a table has no room for. They are on the row's own page. */
const tooLarge = ['rows', 'value', 'longText']

/** The columns of a list: first those that are there at first, in their order, then all others. */
export function columnFields(resource: Resource): Field[] {
  const shown = resource.columns.flatMap((name) => resource.fields.filter((f) => f.name === name))
  const others = resource.fields.filter(
    (field) => !shown.includes(field) && !tooLarge.includes(field.kind) && field.name !== 'id',
  )
  return [...shown, ...others]
}

/** The names of the columns that a list does not show until the user asks for them. */
export function hiddenColumns(resource: Resource, alsoHidden: readonly string[] = []): string[] {
  return columnFields(resource)
    .map(({ name }) => name)
    .filter((name) => !resource.columns.includes(name) || alsoHidden.includes(name))
}

export function columnsOf(resource: Resource) {
  const opener = openerOf(resource)
  return columnFields(resource).map((field) => {
    const isNumber = field.kind === 'integer' || field.kind === 'decimal'
    return (
      <DataTable.Col
        key={field.name}
        source={field.name}
        disableSort={!resource.sorts.includes(field.name)}
        {...(isNumber && field.name !== 'id' && alignedRight)}
      >
        <InputOr field={field}>
          {field.name === opener ? (
            <RowOpener resource={resource}>
              <FieldValue resource={resource} field={field} />
            </RowOpener>
          ) : (
            <FieldValue resource={resource} field={field} />
          )}
        </InputOr>
      </DataTable.Col>
    )
  })
}

/** What asks for the field in a row that is being changed; else its value. */
function InputOr({ field, children }: { field: Field; children: ReactNode }) {
  return use(CellInputs)?.get(field.name) ?? children
}

/** The column that opens a row: the one that names it, or else the first. */
function openerOf({ name, title, columns, get, rowClick }: Resource): string | undefined {
  if (!get && !rowClick && !extensionsOf(name).expand) return undefined
  return columns.find((column) => column === title) ?? columns[0]
}

const alignedRight = {
  headerClassName: 'number',
  cellClassName: 'number',
}
