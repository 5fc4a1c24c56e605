import type { drillDownInEnglish } from './messages.en.ts'

export const drillDownInRussian: Record<keyof typeof drillDownInEnglish, string> = {
  label: 'По дате: %{field}',
  all: 'Все даты',
}
