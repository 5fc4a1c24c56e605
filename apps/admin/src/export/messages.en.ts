export const exportInEnglish = {
  button: 'Export',
  title: 'Export: %{name}',
  explain:
    'Exactly the rows that the list is filtered to, in its order: all of them, not only this page.',
  format: 'Format',
  formats: {
    xlsx: 'Excel (.xlsx)',
    csv: 'CSV, commas',
    'csv-semicolon': 'CSV, semicolons and decimal commas',
    json: 'JSON',
  },
  columns: 'Columns',
  shownColumns: 'those that the list shows',
  allColumns: 'all',
  start: 'Export',
  cancel: 'Cancel',
  close: 'Close',
  progress: '%{smart_count} row written |||| %{smart_count} rows written',
  done: 'Done: %{smart_count} row in %{file}. |||| Done: %{smart_count} rows in %{file}.',
  cancelled: 'Cancelled. No file was left.',
  failed: 'It failed, and no file was left. %{reason}',
  tooManyRows:
    'A sheet of Excel is made of at most 100,000 rows and these are more. Narrow the list, or take CSV.',
}
