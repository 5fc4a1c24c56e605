/** What kind of value a column holds: decides how each format writes it. */
export type ColumnKind = 'text' | 'integer' | 'decimal' | 'day' | 'moment' | 'boolean'

/** What a cell holds. A `decimal` and a `day` (`YYYY-MM-DD`) are strings; `null` is an empty cell. */
export type CellValue = string | number | boolean | Date | null

/** One column of an export. */
export type ExportColumn<Row> = {
  /** The key in JSON. */
  key: string
  /** The heading in CSV and XLSX. */
  label: string
  kind: ColumnKind
  valueOf(row: Row): CellValue
}
