import { expect, test } from 'vitest'
import { migrate, migrationStatus, type Progress, rollback } from '../../src/migrate/index.ts'
import { createTestDatabase } from '../../src/testing/index.ts'
import { createWorkshop, sql } from './workshop.ts'

const fill = (transaction: boolean, fault = '') => `
export const transaction = ${transaction}
const batches = async (step: any, category: string | null) => step.batches({
  start: 0, total: 10,
  async run(query: any, after: number) {
    const { rows } = await query(
      'update products set category = $2, visits = visits + 1 where id in (select id from products where id > $1 order by id limit 3) returning id',
      [after, category],
    )
    ${fault}
    return { rows: rows.length, next: rows.length === 0 ? null : Math.max(...rows.map((row: any) => row.id)) }
  },
})
export const up = (step: any) => batches(step, 'general')
export const down = (step: any) => batches(step, null)
`

const products = `create table products (id int primary key, category text, visits int not null default 0);
insert into products (id) select generate_series(1, 10)`

const counts = `select category, min(visits) as min, max(visits) as max, count(*)::int as rows from products group by 1 order by 1`

test.for([true, false])(
  'a data step fills a column in batches and takes it back (transaction: %s)',
  async (transaction) => {
    await using database = await createTestDatabase({ empty: true })
    await using workshop = await createWorkshop()
    await workshop.add('0001_add_products', { up: products })
    await workshop.add('0002_fill_categories', { data: fill(transaction) })
    const seen: Progress[] = []
    await migrate(database.url, { ...workshop, onProgress: (progress) => seen.push(progress) })
    expect(await sql(database.url, counts)).toEqual([
      { category: 'general', min: 1, max: 1, rows: 10 },
    ])
    expect(seen.flatMap((it) => (it.type === 'rows' ? [it.done] : []))).toEqual([3, 6, 9, 10, 10])
    await rollback(database.url, workshop)
    expect(await sql(database.url, counts)).toEqual([{ category: null, min: 2, max: 2, rows: 10 }])
  },
)

test('a data step inside the transaction that fails leaves no batch behind', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_products', { up: products })
  await workshop.add('0002_fill_categories', {
    data: fill(true, `if (after >= 3) throw new Error('enough')`),
  })
  await expect(migrate(database.url, workshop)).rejects.toThrow('enough')
  expect(await sql(database.url, counts)).toEqual([{ category: null, min: 0, max: 0, rows: 10 }])
})

test('a data step outside the transaction keeps whole batches and goes on behind them', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_products', { up: products })
  await workshop.add('0002_fill_categories', {
    data: fill(false, `if (after >= 3) await query('select allowed from switch')`),
  })
  await expect(migrate(database.url, workshop)).rejects.toThrow('its finished batches are kept')
  expect(await sql(database.url, counts)).toEqual([
    { category: 'general', min: 1, max: 1, rows: 3 },
    { category: null, min: 0, max: 0, rows: 7 },
  ])
  expect((await migrationStatus(database.url, workshop)).pending).toEqual(['0002_fill_categories'])

  await sql(database.url, 'create table switch (allowed boolean)')
  await migrate(database.url, workshop)
  // Each row once: the three of the first run were not visited again.
  expect(await sql(database.url, counts)).toEqual([
    { category: 'general', min: 1, max: 1, rows: 10 },
  ])
  expect(await sql(database.url, 'select * from migrations.unfinished')).toEqual([])
})

test('a resumable data step beside statements is refused, for they could not be undone together', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await workshop.add('0001_add_products', { up: products, data: fill(false) })
  await expect(migrate(database.url, workshop)).rejects.toMatchObject({ code: 'broken_folder' })
  expect(await sql(database.url, `select to_regclass('products')`)).toEqual([{ to_regclass: null }])
})
