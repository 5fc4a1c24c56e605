import { randomUUID } from 'node:crypto'
import type { StockbookClient } from '@stockbook/client'
import type { TestServer } from '../../src/testing/testServer.ts'

type Row = {
  id: string
  version: number
  archivedAt: Date | null
  createdAt: Date
  updatedAt: Date
}

/** What all features of master data can do. */
export type Calls = {
  get: { query(input: { id: string }): Promise<Row> }
  update: { mutate(input: { id: string; expectedVersion?: number }): Promise<Row> }
  archive: {
    mutate(input: { id: string; expectedVersion?: number; archived?: boolean }): Promise<Row>
  }
}

export type Feature = {
  name: 'categories' | 'locations' | 'partners' | 'products' | 'lots'
  /** A new row. */
  create(server: TestServer): Promise<Row>
  /** A change of one field, as the input of `update`. */
  change(to: string): object
}

/** A code that no other row has. */
export const newCode = () => randomUUID().slice(0, 13)

export const features: readonly Feature[] = [
  {
    name: 'categories',
    create: ({ admin }) => admin.categories.create.mutate({ name: newCode() }),
    change: (name) => ({ name }),
  },
  {
    name: 'locations',
    create: ({ admin }) =>
      admin.locations.create.mutate({ kind: 'warehouse', code: newCode(), name: 'A' }),
    change: (name) => ({ name }),
  },
  {
    name: 'partners',
    create: ({ admin }) =>
      admin.partners.create.mutate({ kind: 'supplier', code: newCode(), name: 'A' }),
    change: (name) => ({ name }),
  },
  {
    name: 'products',
    create: ({ admin }) =>
      admin.products.create.mutate({
        sku: newCode(),
        name: 'A',
        baseUnit: 'piece',
        packagings: [{ name: 'case', factor: 12 }],
        codes: [{ type: 'own', code: newCode(), packaging: 'case' }],
      }),
    change: (name) => ({ name }),
  },
  {
    name: 'lots',
    async create({ admin }) {
      const product = await admin.products.create.mutate({
        sku: newCode(),
        name: 'A',
        baseUnit: 'piece',
        tracking: 'lot',
      })
      return admin.lots.create.mutate({ productId: product.id, code: newCode() })
    },
    change: (code) => ({ code }),
  },
]

export function callsOf(client: StockbookClient<'admin'>, { name }: Feature): Calls {
  return client[name]
}
