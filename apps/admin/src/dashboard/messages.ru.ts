import type { Messages } from '../messages/en.ts'

export const dashboardInRussian: Messages['dashboard'] = {
  movements: {
    title: 'Движения по дням',
    all: 'Все движения',
    none: 'За последние 30 дней ничего не двигалось.',
    days: 'Последний %{smart_count} день |||| Последние %{smart_count} дня |||| Последние %{smart_count} дней',
    day: 'День',
    arrivals: 'Приход',
    shipments: 'Расход',
    transfers: 'Перемещения',
    adjustments: 'Корректировки',
    table: 'Показать таблицей',
    chart: 'Показать графиком',
  },
  categories: {
    title: 'Запасы по категориям',
    all: 'Все категории',
    none: 'В наличии ничего нет.',
    noCategory: 'Без категории',
    products: '%{smart_count} товар |||| %{smart_count} товара |||| %{smart_count} товаров',
    withoutValue:
      '%{smart_count} без цены |||| %{smart_count} без цены |||| %{smart_count} без цены',
  },
  lowStock: {
    title: 'Заканчивается',
    all: 'Всё, чего мало',
    none: 'Всего достаточно.',
    onHand: '%{onHand} из %{point}',
    order: '%{sku}: заказать %{quantity} %{unit}',
  },
  checks: {
    title: 'Открытые инвентаризации',
    all: 'Все инвентаризации',
    none: 'Открытых инвентаризаций нет.',
  },
  activity: {
    title: 'Последние изменения',
    all: 'Журнал изменений',
    none: 'Пока ничего не менялось.',
  },
}
