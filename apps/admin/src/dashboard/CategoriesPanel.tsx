import { useTranslate } from 'react-admin'
import { client } from '../client.ts'
import { decimalText } from '../fields/formats.ts'
import { usePersonLocale } from '../fields/usePersonLocale.ts'
import { filteredList } from '../pages/filteredList.ts'
import { Panel } from './Panel.tsx'
import { Row, Rows } from './Rows.tsx'
import { useFigures } from './useFigures.ts'

const categoryCount = 7

/** What the stock is worth to who may know it, and how many products it is, by the topmost categories. */
export function CategoriesPanel() {
  const translate = useTranslate()
  const locale = usePersonLocale()
  const figures = useFigures('categories', (signal) =>
    client.reports.stockByCategory.query({ limit: categoryCount }, { signal }),
  )
  return (
    <Panel
      name="categories"
      to="/stockByCategory"
      columns={4}
      figures={figures}
      isEmpty={({ items }) => items.length === 0}
    >
      {({ items }) => {
        // Where nothing has a price yet, or who looks is not told it, the bars tell how many products there are.
        const hasValue = items.some(({ value }) => Number(value) > 0)
        const sizes = items.map(({ value, products }) => (hasValue ? Number(value) : products))
        const largest = Math.max(...sizes)
        return (
          <Rows>
            {items.map(({ categoryId, categoryName, products, withoutValue, value }, index) => (
              <Row
                key={categoryId}
                title={categoryName ?? translate('dashboard.categories.noCategory')}
                to={
                  categoryId === null
                    ? undefined
                    : filteredList('products', { where: { categoryId: { within: categoryId } } })
                }
                {...(value !== undefined && { figure: decimalText(value, locale) })}
                bar={{ share: (sizes[index] ?? 0) / largest, colour: 'primary.main' }}
                detail={[
                  translate('dashboard.categories.products', { smart_count: products }),
                  withoutValue !== undefined &&
                    withoutValue > 0 &&
                    translate('dashboard.categories.withoutValue', { smart_count: withoutValue }),
                ]
                  .filter(Boolean)
                  .join(', ')}
              />
            ))}
          </Rows>
        )
      }}
    </Panel>
  )
}
