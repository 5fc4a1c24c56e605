export const drillDownInEnglish = {
  label: 'By date: %{field}',
  all: 'All dates',
}
