import { useCreatePath, useTranslate } from 'react-admin'
import { client } from '../client.ts'
import { usePersonLocale } from '../fields/usePersonLocale.ts'
import { Panel } from './Panel.tsx'
import { Row, Rows } from './Rows.tsx'
import { useFigures } from './useFigures.ts'

const productCount = 5

/** What to order: most urgent first. */
export function LowStockPanel() {
  const translate = useTranslate()
  const locale = usePersonLocale()
  const createPath = useCreatePath()
  const figures = useFigures('lowStock', (signal) =>
    client.reports.lowStock.query({ limit: productCount }, { signal }),
  )
  return (
    <Panel
      name="lowStock"
      to="/lowStock"
      columns={4}
      figures={figures}
      isEmpty={({ items }) => items.length === 0}
    >
      {({ items }) => (
        <Rows>
          {items.map((row) => {
            // At a point of zero there is a maximum: the last one is to be ordered when it is gone.
            const point = Math.max(row.reorderPoint ?? 0, row.minimumStock ?? 0)
            const wanted = point > 0 ? point : (row.maximumStock ?? 0)
            return (
              <Row
                key={row.productId}
                title={row.productName}
                to={createPath({ resource: 'products', type: 'show', id: row.productId })}
                figure={translate('dashboard.lowStock.onHand', {
                  onHand: row.onHand.toLocaleString(locale),
                  point: wanted.toLocaleString(locale),
                })}
                bar={{
                  share: wanted === 0 ? 0 : row.onHand / wanted,
                  colour: row.onHand === 0 ? 'error.main' : 'warning.main',
                }}
                detail={translate('dashboard.lowStock.order', {
                  sku: row.sku,
                  quantity: row.suggestedOrder.toLocaleString(locale),
                  unit: row.baseUnit,
                })}
              />
            )
          })}
        </Rows>
      )}
    </Panel>
  )
}
