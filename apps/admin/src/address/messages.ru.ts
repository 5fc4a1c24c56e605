import type { addressInEnglish } from './messages.en.ts'

export const addressInRussian: Record<keyof typeof addressInEnglish, string> = {
  leftOut: 'Адрес или сохранённый запрос просит о том, чего этот список не может. Не учтено:',
  filter: '%{name}: «%{value}» (%{why})',
  filters: 'Фильтры: их не удалось прочитать.',
  noSuchFilter: 'здесь нет такого фильтра',
  filterOfOthers: 'вашей роли он недоступен',
  noSuchValue: 'такое значение сюда не подходит',
  sort: 'Порядок: список нельзя упорядочить по «%{value}».',
  page: 'Страница: адрес не может вести на страницу «%{value}».',
  perPage: 'Строк на странице: «%{value}» — такого выбора нет, есть %{sizes}.',
  removeFilters: 'Убрать все фильтры',
  again: 'Повторить',
}
