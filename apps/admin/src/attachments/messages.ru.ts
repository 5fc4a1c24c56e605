import type { attachmentsInEnglish } from './messages.en.ts'

export const attachmentsInRussian: typeof attachmentsInEnglish = {
  tab: 'Файлы',
  add: 'Добавить файлы',
  adding: 'Файлы добавляются',
  hint: 'или перетащите их сюда. PNG, JPEG, WebP, PDF или CSV, каждый не больше 5 МиБ.',
  none: 'Файлов пока нет.',
  tooLarge: 'Файл «%{name}» не добавлен: он больше 5 МиБ.',
  refused: 'Файл «%{name}» не добавлен. %{why}',
  saveOne: 'Сохранить «%{name}»',
  remove: 'Удалить',
  removeOne: 'Удалить «%{name}»',
  removeTitle: 'Удалить «%{name}»?',
  removeContent: 'Вернуть файл нельзя. В истории останется его имя.',
}
