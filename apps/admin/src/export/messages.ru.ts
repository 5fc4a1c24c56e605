import type { exportInEnglish } from './messages.en.ts'

export const exportInRussian: typeof exportInEnglish = {
  button: 'Экспорт',
  title: 'Экспорт: %{name}',
  explain:
    'Ровно те строки, что отобраны в списке, в том же порядке: все, а не только эта страница.',
  format: 'Формат',
  formats: {
    xlsx: 'Excel (.xlsx)',
    csv: 'CSV с запятыми',
    'csv-semicolon': 'CSV с точками с запятой и десятичной запятой',
    json: 'JSON',
  },
  columns: 'Столбцы',
  shownColumns: 'те, что показаны в списке',
  allColumns: 'все',
  start: 'Экспортировать',
  cancel: 'Отменить',
  close: 'Закрыть',
  progress:
    'Записана %{smart_count} строка |||| Записаны %{smart_count} строки |||| Записано %{smart_count} строк',
  done: 'Готово: %{smart_count} строка в файле %{file}. |||| Готово: %{smart_count} строки в файле %{file}. |||| Готово: %{smart_count} строк в файле %{file}.',
  cancelled: 'Отменено. Файла не осталось.',
  failed: 'Не получилось, файла не осталось. %{reason}',
  tooManyRows:
    'Лист Excel собирается не более чем из 100 000 строк, а здесь больше. Сузьте список или возьмите CSV.',
}
