import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { signIn } from '../../src/person.ts'
import { fillTables } from './rows.ts'
import { addFilter, choose, openTable, rowWith } from './table.ts'

type Narrowing = {
  table: string
  by: (page: Page) => Promise<void>
  stays: readonly string[]
  goes: readonly string[]
}

const byChoice = (filter: string, choice: string) => async (page: Page) => {
  await addFilter(page, filter)
  await choose(page.getByRole('combobox', { name: filter, exact: true }), choice)
}
const bySearch = (text: string) => async (page: Page) => {
  await page.getByRole('textbox', { name: 'Search', exact: true }).fill(text)
}

const narrowings: readonly Narrowing[] = [
  { table: 'Users', by: bySearch('olg'), stays: ['olga'], goes: ['anton'] },
  {
    table: 'Categories',
    by: byChoice('Inside', 'Tea'),
    stays: ['Green tea'],
    goes: ['Oat things'],
  },
  { table: 'Products', by: byChoice('Tracking', 'by lot'), stays: ['Sencha'], goes: ['Oats'] },
  { table: 'Locations', by: byChoice('Kind', 'warehouse'), stays: ['North hall'], goes: ['N-01'] },
  { table: 'Partners', by: byChoice('Kind', 'customer'), stays: ['CAFE'], goes: ['UJI'] },
  { table: 'Lots', by: byChoice('Status', 'on hold'), stays: ['AUTUMN'], goes: ['SPRING'] },
  {
    table: 'Movements',
    by: byChoice('Type', 'transfer'),
    stays: ['N-02'],
    goes: ['PO-7', 'Sencha'],
  },
  { table: 'Stock levels', by: byChoice('Product', 'Oats'), stays: ['Oats'], goes: ['Sencha'] },
  { table: 'Reservations', by: byChoice('Status', 'held'), stays: ['SO-1'], goes: ['SO-2'] },
  {
    table: 'Inventory checks',
    by: byChoice('Status', 'cancelled'),
    stays: ['Oat shelf'],
    goes: ['Tea shelf'],
  },
  {
    table: 'Audit log',
    by: byChoice('What', 'Lot'),
    stays: ['lots.create'],
    goes: ['products.create'],
  },
]

describeInBrowser('the tables of the admin panel', () => {
  let house: House
  let page: Page
  beforeAll(async () => {
    house = await openHouse()
    await fillTables(house.server)
    page = await house.newPage()
    await signIn(page, '/admin')
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  test.each(narrowings)('$table shows its rows, and a filter narrows them', async (narrowing) => {
    const { table, by, stays, goes } = narrowing
    await openTable(page, table)
    for (const text of [...stays, ...goes]) await rowWith(page, text).first().waitFor()
    await by(page)
    for (const text of goes) await rowWith(page, text).first().waitFor({ state: 'detached' })
    for (const text of stays) await rowWith(page, text).first().waitFor()
  })

  test.each([
    ['products', 'Element does not exist'],
    ['movements', 'Element does not exist'],
    ['checks', 'There is nothing of this id or code.'],
  ])(
    '%s: the page under an id that is none says so, and calls no input wrong',
    async (table, words) => {
      // There is a movement 1, and no other spelling of its number is an id.
      for (const id of [crypto.randomUUID(), 'no-id', '999999', '1e0']) {
        await page.goto('/admin')
        await page.goto(`/admin/${table}/${id}/show`)
        await page.getByText(words).waitFor()
        expect(await page.getByText(/not valid|is wrong/).count()).toBe(0)
      }
    },
  )

  test('sessions are shown of whom they are asked for, and first of oneself', async () => {
    await openTable(page, 'Sessions')
    await rowWith(page, 'anton').first().waitFor()
    const program = rowWith(page, 'anton').getByText('Chrome on Linux').first()
    expect(await program.getAttribute('title')).toMatch(/^Mozilla.*Chrome/)
    expect(await rowWith(page, 'olga').count()).toBe(0)
    await byChoice('User', 'olga')(page)
    await rowWith(page, 'olga').waitFor()
    expect(await rowWith(page, 'anton').count()).toBe(0)
  })

  test('API keys that have ended are shown when they are asked for', async () => {
    await openTable(page, 'API keys')
    await rowWith(page, 'Scale at the door').waitFor()
    expect(await rowWith(page, 'Old scale').count()).toBe(0)
    await byChoice('Also ended ones', 'yes')(page)
    await rowWith(page, 'Old scale').waitFor()
  })

  test('migrations can be read, and nothing can be done with them', async () => {
    await openTable(page, 'Migrations')
    await rowWith(page, 'applied').first().waitFor()
    expect(await page.getByRole('main').getByRole('checkbox').count()).toBe(0)
    for (const name of ['Create', 'Edit', 'Add filter', 'Export']) {
      expect(await page.getByRole('main').getByRole('link', { name }).count()).toBe(0)
      expect(await page.getByRole('main').getByRole('button', { name }).count()).toBe(0)
    }
  })

  test('jobs tell how they go: one that works, one that fails and why, and one not done yet', async () => {
    await house.server.db.$client.query(`insert into jobs
      (name, last_run_at, last_run_by, duration_ms, handled_in_all, last_success_at, last_failure_at,
        last_failure_by, last_error)
      values ('audit.link', now(), '17@hall', 4, 1234, now(), null, null, null),
        ('reservations.expire', now(), '18@hall', 5, 0, null, now(), '18@hall', 'no such thing')`)
    await openTable(page, 'Jobs')
    await rowWith(page, 'Link the audit log')
      .filter({ hasText: 'working' })
      .filter({ hasText: '1,234' })
      .filter({ hasText: '17@hall' })
      .waitFor()
    await rowWith(page, 'Write down expired reservations')
      .filter({ hasText: 'failing' })
      .filter({ hasText: 'no such thing' })
      .waitFor()
    await rowWith(page, 'Forget old attempts to sign in')
      .filter({ hasText: 'not done yet' })
      .waitFor()
    expect(await page.getByRole('main').getByRole('checkbox').count()).toBe(0)
  })

  test('an entry of the audit log unfolds to what it changed, by the keyboard too', async () => {
    await page.goto('/admin/audit?filter={}')
    const opener = rowWith(page, 'partners.create', 'created').first().getByRole('button')
    await opener.press('Enter')
    await page.getByRole('row', { name: 'Code — CAFE', exact: true }).waitFor()
    expect(await opener.getAttribute('aria-expanded')).toBe('true')
  })

  test('a list keeps its filters over a reload, and one that nothing matches says so', async () => {
    await page.goto('/admin/products?filter={}')
    await bySearch('sen')(page)
    await rowWith(page, 'Oats').waitFor({ state: 'detached' })
    await byChoice('Supplier', 'Uji growers')(page)
    await page.waitForURL(({ searchParams }) => /supplierId/.test(searchParams.get('filter') ?? ''))
    await page.reload()
    await rowWith(page, 'Sencha').waitFor()
    expect(await rowWith(page, 'Oats').count()).toBe(0)
    const supplier = page.getByRole('combobox', { name: 'Supplier', exact: true })
    await expect.poll(() => supplier.inputValue(), { timeout: 15_000 }).toBe('Uji growers')
    await bySearch('no such thing')(page)
    await page.getByText('No Products found using the current filters.').waitFor()
  })
})
