import { access, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as t from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { generate } from '../../src/migrate/generate/generate.ts'
import { generateEmpty } from '../../src/migrate/generate/generateEmpty.ts'
import { migrate, migrationStatus, migrationsFolder, rollback } from '../../src/migrate/index.ts'
import * as models from '../../src/schema/index.ts'
import { createTestDatabase } from '../../src/testing/index.ts'
import { createWorkshop, sql } from './workshop.ts'

const products = (columns: Record<string, any>) => ({
  products: t.pgTable('products', { id: t.integer().primaryKey(), ...columns }),
})

test('a rename that cannot be told from a new column is an error that shows each flag', async () => {
  await using workshop = await createWorkshop()
  await generate('initial', { ...workshop, schema: products({ sku: t.text(), ean: t.text() }) })
  const schema = products({ code: t.text(), ean: t.text() })
  const failure = await generate('rename the sku', { ...workshop, schema }).catch((error) => error)
  expect(failure.code).toBe('undecided')
  expect(failure.detail.questions).toEqual([
    {
      kind: 'column',
      entity: 'products.code',
      flags: ['--rename products.sku=products.code', '--new products.code'],
    },
  ])
  expect(failure.message).toContain('--rename products.sku=products.code')
  expect(await readdir(workshop.folder)).toEqual(['0001_initial'])

  const asNew = await generate('replace the sku', {
    ...workshop,
    schema,
    flags: { created: ['products.code'] },
    dryRun: true,
  })
  expect(asNew.files['migration.sql']).toMatch(/^-- loses data: products\.sku/)
  expect(asNew.warnings).toContain('up loses products.sku of every row')
  const renamed = await generate('rename the sku', {
    ...workshop,
    schema,
    flags: { renames: ['products.sku=code'] },
    dryRun: true,
  })
  expect(renamed.files['migration.sql']).toContain('RENAME COLUMN "sku" TO "code"')
  expect(renamed.files['down.sql']).toContain('RENAME COLUMN "code" TO "sku"')
  expect(renamed.warnings).toEqual([])
})

test('a person is asked about a rename, with what it may have been', async () => {
  await using workshop = await createWorkshop()
  await generate('initial', { ...workshop, schema: products({ sku: t.text() }) })
  const asked: unknown[] = []
  const draft = await generate('rename the sku', {
    ...workshop,
    schema: products({ code: t.text() }),
    ask: async ({ kind, entity, candidates: [from = []] }) => {
      asked.push([kind, entity.join('.'), from.join('.')])
      return { renames: [{ kind, from, to: entity }] }
    },
  })
  expect(asked).toEqual([['column', 'public.products.code', 'public.products.sku']])
  expect(draft.files['migration.sql']).toContain('RENAME COLUMN')
})

test('a down that would lose data says which', async () => {
  await using workshop = await createWorkshop()
  await generate('initial', { ...workshop, schema: products({}) })
  const draft = await generate('add product weight', {
    ...workshop,
    schema: products({ weight: t.integer() }),
  })
  expect(draft.files['down.sql']).toMatch(/^-- loses data: products\.weight of every row\n/)
  expect(draft.files['migration.sql']).not.toContain('loses data')
  expect(draft.warnings).toEqual(['down loses products.weight of every row'])
})

test.for(['update', 'products', 'fix', 'update schema', '', '!!'])(
  'the name "%s" is refused: it does not say what changes',
  async (words) => {
    await using workshop = await createWorkshop()
    await expect(generateEmpty(words, workshop)).rejects.toMatchObject({ code: 'wrong_usage' })
    expect(await readdir(workshop.folder)).toEqual([])
  },
)

test('models that agree with the last snapshot give no migration', async () => {
  await using workshop = await createWorkshop()
  await generate('initial', { ...workshop, schema: products({}) })
  await expect(
    generate('add nothing at all', { ...workshop, schema: products({}) }),
  ).rejects.toMatchObject({ code: 'nothing_to_do' })
})

test('an empty migration stands on the last one and can be filled with a data step', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await generate('initial', { ...workshop, schema: products({ name: t.text() }) })
  await generateEmpty('fill product names', { ...workshop, data: true })
  await generateEmpty('add name trigger', workshop)
  // Nothing in the models changed, so the next difference must be only its own.
  const draft = await generate('add product weight', {
    ...workshop,
    schema: products({ name: t.text(), weight: t.integer() }),
  })
  expect(draft.files['migration.sql']).toBe('ALTER TABLE "products" ADD COLUMN "weight" integer;\n')
  const status = await migrationStatus(database.url, workshop)
  expect(status.pending.map((name) => name.slice(0, 4))).toEqual(['0001', '0002', '0003', '0004'])
})

test('a dry run writes nothing', async () => {
  await using workshop = await createWorkshop()
  await generate('initial', { ...workshop, schema: products({}), dryRun: true })
  await generateEmpty('fill product names', { ...workshop, dryRun: true })
  expect(await readdir(workshop.folder)).toEqual([])
})

test('the project’s own models make a first migration that goes up and all the way down', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  await sql(database.url, 'create extension pg_trgm')
  await generate('initial', { ...workshop, schema: models })
  await migrate(database.url, workshop)
  await rollback(database.url, { ...workshop, to: 'base' })
  const left = `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`
  expect(await sql(database.url, left)).toEqual([])
})

test.for([{ renames: ['products.sky=products.code'] }, { created: ['products.cod'] }])(
  'a flag that answers nothing is an error, not silence: %o',
  async (flags) => {
    await using workshop = await createWorkshop()
    await generate('initial', { ...workshop, schema: products({ sku: t.text() }) })
    const schema = products({ sku: t.text(), code: t.text() })
    await expect(
      generate('add product code', { ...workshop, schema, flags }),
    ).rejects.toMatchObject({ code: 'wrong_usage' })
    expect(await readdir(workshop.folder)).toEqual(['0001_initial'])
  },
)

test('an enum value that is added and used at once is warned of', async () => {
  await using workshop = await createWorkshop()
  const schema = (values: [string, ...string[]], fallback: string) => {
    const status = t.pgEnum('status', values)
    return { status, ...products({ status: status().default(fallback) }) }
  }
  await generate('initial', { ...workshop, schema: schema(['open'], 'open') })
  const options = { ...workshop, dryRun: true }
  const used = await generate('add held status', {
    ...options,
    schema: schema(['open', 'held'], 'held'),
  })
  expect(used.warnings.join()).toContain("'held' is added and used in one migration")
  const added = await generate('add held status', {
    ...options,
    schema: schema(['open', 'held'], 'open'),
  })
  expect(added.warnings.join()).not.toContain('used in one migration')
})

test('a new column that a filled table could not take is warned of', async () => {
  await using workshop = await createWorkshop()
  await generate('initial', { ...workshop, schema: products({}) })
  const warned = async (column: unknown) => {
    const schema = products({ weight: column })
    const { warnings } = await generate('add product weight', { ...workshop, schema, dryRun: true })
    return warnings.some((warning) => warning.includes('has no default'))
  }
  expect(await warned(t.integer().notNull())).toBe(true)
  expect(await warned(t.integer().notNull().default(0))).toBe(false)
  expect(await warned(t.integer())).toBe(false)
  expect(await warned(t.serial().notNull())).toBe(false)
})

test('a new table is warned of where the server signs in as a role that owns nothing', async () => {
  await using workshop = await createWorkshop()
  const warnings = async () => {
    const { warnings } = await generate('add products', {
      ...workshop,
      schema: products({}),
      dryRun: true,
    })
    return warnings.filter((warning) => warning.includes('grant_to_server'))
  }
  expect(await warnings()).toEqual([])
  await workshop.add('0001_grant_the_server', { up: 'create function grant_to_server(name text)' })
  expect(await warnings()).toEqual([expect.stringContaining('products')])
})

test('the data step that a person starts from imports a type that is there', async () => {
  await using workshop = await createWorkshop()
  const { files } = await generateEmpty('fill product names', { ...workshop, data: true })
  const [, path = ''] = /from '([^']+)'/.exec(files['data.ts'] ?? '') ?? []
  await expect(access(join(migrationsFolder, '0001_any', path))).resolves.toBeUndefined()
})

test('what a killed run left half-written is not taken for a migration', async () => {
  await using workshop = await createWorkshop()
  await mkdir(join(workshop.folder, '.new-1'))
  const draft = await generate('initial', { ...workshop, schema: products({}) })
  expect(draft.name).toBe('0001_initial')
})

test('indexes alone are built and removed without holding up writers', async () => {
  await using database = await createTestDatabase({ empty: true })
  await using workshop = await createWorkshop()
  const schema = (...names: string[]) => ({
    products: t.pgTable('products', { id: t.integer().primaryKey(), name: t.text() }, (table) =>
      names.map((name) => t.index(name).on(table.name)),
    ),
  })
  await generate('initial', { ...workshop, schema: schema('first_idx') })
  await migrate(database.url, workshop)
  const { files } = await generate('replace name indexes', {
    ...workshop,
    // Unique: otherwise it would be taken for a rename.
    schema: {
      products: t.pgTable('products', { id: t.integer().primaryKey(), name: t.text() }, (table) => [
        t.uniqueIndex('second_idx').on(table.name),
      ]),
    },
  })
  expect(files['migration.sql']).toBe(`-- no-transaction
CREATE UNIQUE INDEX CONCURRENTLY "second_idx" ON "products" ("name");
--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "first_idx";
`)
  const indexes = () =>
    sql(database.url, `select indexname from pg_indexes where indexname ~ '_idx'`)
  await migrate(database.url, workshop)
  expect(await indexes()).toEqual([{ indexname: 'second_idx' }])
  await rollback(database.url, workshop)
  expect(await indexes()).toEqual([{ indexname: 'first_idx' }])
})

test('an index that changes under its name, or comes with its table, is made in the transaction', async () => {
  await using workshop = await createWorkshop()
  const schema = (column: 'id' | 'name') => ({
    products: t.pgTable('products', { id: t.integer().primaryKey(), name: t.text() }, (table) => [
      t.index('one_idx').on(table[column]),
    ]),
  })
  const first = await generate('initial', { ...workshop, schema: schema('id') })
  const second = await generate('change the index', { ...workshop, schema: schema('name') })
  for (const { files } of [first, second])
    expect(files['migration.sql']).not.toContain('CONCURRENTLY')
})
