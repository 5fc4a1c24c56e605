/** What the first page says. */
export const dashboardInEnglish = {
  movements: {
    title: 'Movements by day',
    all: 'All movements',
    none: 'Nothing has moved in the last 30 days.',
    days: 'Last %{smart_count} day |||| Last %{smart_count} days',
    day: 'Day',
    arrivals: 'Came in',
    shipments: 'Went out',
    transfers: 'Changed place',
    adjustments: 'Adjusted',
    table: 'Show as a table',
    chart: 'Show as a chart',
  },
  categories: {
    title: 'Stock by category',
    all: 'All categories',
    none: 'Nothing is on hand.',
    noCategory: 'No category',
    products: '%{smart_count} product |||| %{smart_count} products',
    withoutValue: '%{smart_count} without a price |||| %{smart_count} without a price',
  },
  lowStock: {
    title: 'Low stock',
    all: 'All that is low',
    none: 'Nothing runs low.',
    onHand: '%{onHand} of %{point}',
    order: '%{sku}: order %{quantity} %{unit}',
  },
  checks: {
    title: 'Open inventory checks',
    all: 'All checks',
    none: 'No inventory check is open.',
  },
  activity: {
    title: 'Last changes',
    all: 'Audit log',
    none: 'Nothing has changed yet.',
  },
}
