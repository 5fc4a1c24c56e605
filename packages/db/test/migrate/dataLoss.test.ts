import { expect, test } from 'vitest'
import { dataLosses } from '../../src/migrate/generate/dataLoss.ts'

const columns = (types: Record<string, string>) =>
  Object.entries(types).map(([name, type]) => ({
    entityType: 'columns',
    schema: 'public',
    table: 'products',
    name,
    type,
  }))

test.for([
  ['DROP TABLE "products";', 'every row of products'],
  ['drop table if exists side.products cascade', 'every row of side.products'],
  ['-- why\n/* and */ drop table products', 'every row of products'],
  ['select 1; truncate products;', 'every row of products'],
  ['delete from products', 'every row of products'],
  ['ALTER TABLE "products" DROP COLUMN "note";', 'products.note of every row'],
  ['alter table products drop note', 'products.note of every row'],
  ['alter table products add size int, drop column if exists note', 'products.note of every row'],
  [
    'alter table products alter price type integer using price::int',
    'what of products.price does not fit into integer',
  ],
  [
    'alter table products alter column name set data type varchar(5)',
    'what of products.name does not fit into varchar(5)',
  ],
  ['alter table products alter at type date', 'what of products.at does not fit into date'],
] as const)('%s loses %s', ([statement, loss]) => {
  const before = columns({
    price: 'numeric(9,2)',
    name: 'varchar(20)',
    at: 'timestamp with time zone',
  })
  expect(dataLosses([statement], before)).toEqual([loss])
})

test.for([
  'alter table products drop constraint products_check',
  'alter table products alter note drop default, alter note drop not null',
  'drop index products_idx',
  `insert into products (note) values ('; drop table products;')`,
  'create function f() returns void language sql as $$ delete from products $$',
  'delete from products where id = 1',
  'alter table products alter size type bigint',
  'alter table products alter price type numeric(12, 4)',
  'alter table products alter name type varchar(30)',
  'alter table products alter name type text',
  'alter table products alter status set data type "status" using status::text::"status"',
  'alter table products rename column note to remark',
])('%s loses nothing', (statement) => {
  const before = columns({
    size: 'integer',
    price: 'numeric(9,2)',
    name: 'varchar(20)',
    status: 'status',
  })
  expect(dataLosses([statement], before)).toEqual([])
})
