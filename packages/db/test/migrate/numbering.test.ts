import * as t from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { generate } from '../../src/migrate/generate/generate.ts'
import { migrate, rollback } from '../../src/migrate/index.ts'
import { createTestDatabase } from '../../src/testing/index.ts'
import { catalogOf, createWorkshop, sql } from './workshop.ts'

const numbered = {
  none: () => t.integer(),
  serial: () => t.serial(),
  smallserial: () => t.smallserial(),
  bigserial: () => t.bigserial({ mode: 'number' }),
  identity: () => t.bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
  'own identity': () =>
    t.integer().generatedByDefaultAsIdentity({ name: 'own_numbers', startWith: 100 }),
}

// Names that must be quoted, and a column that is not called "id".
const schemaWith = (way: keyof typeof numbered) => {
  const side = t.pgSchema('side')
  return {
    side,
    kids: t.pgTable('kids', { id: numbered[way]().primaryKey(), name: t.text() }),
    others: side.table('Others', { Number: numbered[way]().primaryKey(), name: t.text() }),
  }
}

const tables = [
  { table: 'kids', column: 'id' },
  { table: 'side."Others"', column: '"Number"' },
]

async function expectNextIsNew(url: string, last: number) {
  for (const { table, column } of tables) {
    const [{ number }] = await sql(
      url,
      `insert into ${table} (name) values ('next') returning ${column} as number`,
    )
    expect(Number(number)).toBeGreaterThan(last)
    await sql(url, `delete from ${table} where name = 'next'`)
  }
}

test.for([
  ['serial', 'identity'],
  ['serial', 'own identity'],
  ['serial', 'bigserial'],
  ['smallserial', 'bigserial'],
  ['bigserial', 'identity'],
  ['none', 'serial'],
  ['none', 'identity'],
] as const)(
  'from %s to %s and back: the schema is as if made so, and no number is given twice',
  async ([before, after]) => {
    await using database = await createTestDatabase({ empty: true })
    await using fresh = await createTestDatabase({ empty: true })
    await using workshop = await createWorkshop()
    await using other = await createWorkshop()
    const { url } = database
    await generate('initial', { ...workshop, schema: schemaWith(before) })
    await migrate(url, workshop)
    for (const { table, column } of tables) {
      const fill = `insert into ${table} (${column}, name) overriding system value`
      await sql(url, `${fill} select n, 'x' from generate_series(1, 7) n`)
    }
    const stationBefore = await catalogOf(url)
    await generate('initial', { ...other, schema: schemaWith(after) })
    await migrate(fresh.url, other)

    await generate('number kids otherwise', { ...workshop, schema: schemaWith(after) })
    for (let round = 0; round < 2; round++) {
      await migrate(url, workshop)
      expect(await catalogOf(url)).toEqual(await catalogOf(fresh.url))
      if (!after.endsWith('serial') || before === 'none') await expectNextIsNew(url, 7)
      await rollback(url, workshop)
      expect(await catalogOf(url)).toEqual(stationBefore)
      if (before !== 'none' && after.endsWith('identity')) await expectNextIsNew(url, 7)
    }
  },
)

test('a column of an empty table begins with the number that the models say', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  const { url } = database
  await generate('initial', { ...workshop, schema: schemaWith('serial') })
  await generate('number kids anew', { ...workshop, schema: schemaWith('own identity') })
  await migrate(url, workshop)
  expect(await sql(url, `insert into kids (name) values ('first') returning id`)).toEqual([
    { id: 100 },
  ])
})
