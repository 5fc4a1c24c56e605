import { type Row, readTable } from './table.ts'

/** Northwind's categories by their number, with the code of the zone where their goods stand. */
export const categories = new Map([
  [1, { name: 'Beverages', zone: 'BEV' }],
  [2, { name: 'Condiments', zone: 'CON' }],
  [3, { name: 'Confections', zone: 'SWE' }],
  [4, { name: 'Dairy Products', zone: 'DAI' }],
  [5, { name: 'Grains/Cereals', zone: 'GRA' }],
  [6, { name: 'Meat/Poultry', zone: 'MEA' }],
  [7, { name: 'Produce', zone: 'PRO' }],
  [8, { name: 'Seafood', zone: 'SEA' }],
])

export type Northwind = Awaited<ReturnType<typeof readNorthwind>>

/** Reads the tables, checks how they hang together, and turns their texts into values. */
export async function readNorthwind(folder: URL) {
  const suppliers = (
    await readTable(new URL('suppliers.csv', folder), [
      'supplierID',
      'companyName',
      'contactName',
      'address',
      'city',
      'region',
      'postalCode',
      'country',
      'phone',
    ])
  ).map((row) => ({
    number: whole(row, 'supplierID'),
    name: given(row, 'companyName'),
    contactName: row.contactName,
    address: joined(row.address, row.city, row.region, row.postalCode),
    country: row.country,
    phone: row.phone,
  }))
  const products = (
    await readTable(new URL('products.csv', folder), [
      'productID',
      'productName',
      'supplierID',
      'categoryID',
      'quantityPerUnit',
      'unitPrice',
      'unitsInStock',
      'reorderLevel',
      'discontinued',
    ])
  ).map((row) => ({
    number: whole(row, 'productID'),
    name: given(row, 'productName'),
    supplier: whole(row, 'supplierID'),
    category: whole(row, 'categoryID'),
    description: joined(row.quantityPerUnit, row.discontinued === '1' ? 'discontinued' : null),
    unitPrice: given(row, 'unitPrice'),
    unitsInStock: whole(row, 'unitsInStock'),
    reorderLevel: whole(row, 'reorderLevel'),
  }))
  const details = (
    await readTable(new URL('order-details.csv', folder), ['orderID', 'productID', 'quantity'])
  ).map((row) => ({
    order: whole(row, 'orderID'),
    product: whole(row, 'productID'),
    quantity: whole(row, 'quantity'),
  }))
  const orders = (
    await readTable(new URL('orders.csv', folder), [
      'orderID',
      'customerID',
      'shippedDate',
      'shipName',
      'shipAddress',
      'shipCity',
      'shipRegion',
      'shipPostalCode',
      'shipCountry',
    ])
  ).map((row) => ({
    number: whole(row, 'orderID'),
    customer: given(row, 'customerID'),
    shippedAt: row.shippedDate === null ? null : new Date(`${row.shippedDate.replace(' ', 'T')}Z`),
    shipName: given(row, 'shipName'),
    address: joined(row.shipAddress, row.shipCity, row.shipRegion, row.shipPostalCode),
    country: row.shipCountry,
    lines: details.filter(({ order }) => order === Number(row.orderID)),
  }))
  return {
    suppliers,
    products,
    /** Shipped orders, in the order in which they left. */
    shipped: orders
      .flatMap(({ shippedAt, ...order }) => (shippedAt ? [{ ...order, shippedAt }] : []))
      .toSorted((a, b) => a.shippedAt.getTime() - b.shippedAt.getTime() || a.number - b.number),
    /** Each customer under the name and address of its first order. */
    customers: [...new Map(orders.toReversed().map((order) => [order.customer, order])).values()]
      .map(({ customer, shipName, address, country }) => ({
        code: customer,
        name: shipName,
        address,
        country,
      }))
      .toSorted((a, b) => a.code.localeCompare(b.code)),
  }
}

function given<Heading extends string>(row: Row<Heading>, heading: Heading): string {
  const value = row[heading]
  if (value === null) throw new Error(`a row has no ${heading}: ${JSON.stringify(row)}`)
  return value
}

function whole<Heading extends string>(row: Row<Heading>, heading: Heading): number {
  const value = Number(given(row, heading))
  if (!Number.isSafeInteger(value))
    throw new Error(`${heading} is no whole number: ${JSON.stringify(row)}`)
  return value
}

function joined(...parts: (string | null)[]): string | null {
  return parts.filter((part) => part !== null).join(', ') || null
}
