import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../../src/accessibility.ts'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { operator, signIn } from '../../src/person.ts'
import { fillTables } from './rows.ts'
import { addFilter, openTable } from './table.ts'

describeInBrowser('every page of the admin panel can be read by everybody', () => {
  let house: House
  let rows: Awaited<ReturnType<typeof fillTables>>
  let page: Page
  beforeAll(async () => {
    house = await openHouse()
    rows = await fillTables(house.server)
    await fillReports(house.server, rows)
    page = await house.newPage()
    await signIn(page, '/admin')
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  /** Both themes: the other one has other colours and nothing else. */
  async function expectReadable(of = page) {
    await setTheme(of, 'light')
    await expect.poll(() => accessibilityFaults(of), patience).toEqual([])
    await setTheme(of, 'dark')
    // Colours take a moment to change.
    await expect.poll(() => accessibilityFaults(of, 'contrast'), patience).toEqual([])
  }

  test.each([
    'Stock levels',
    'Movements',
    'Reservations',
    'Inventory checks',
    'Stock by category',
    'Low stock',
    'Slow movers',
    'Expiring lots',
    'Products',
    'Categories',
    'Locations',
    'Partners',
    'Lots',
    'Users',
    'Sessions',
    'API keys',
    'Audit log',
    'Jobs',
    'Migrations',
  ])('the table %s', async (table) => {
    await openTable(page, table)
    await expectReadable()
  })

  test('the tree, the columns to choose from, filters, and an entry that is unfolded', async () => {
    await openTable(page, 'Locations')
    await page.getByRole('button', { name: 'Tree' }).click()
    await page.getByRole('button', { name: 'Open NORTH' }).click()
    await page.getByRole('link', { name: 'N-01' }).waitFor()
    await expectReadable()
    await openTable(page, 'Movements')
    for (const filter of ['Product', 'Type', 'Happened']) await addFilter(page, filter)
    await page.getByRole('combobox', { name: 'Product', exact: true }).waitFor()
    await expectReadable()
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('switch', { name: 'Reason' }).waitFor()
    await expectReadable()
    await page.keyboard.press('Escape')
    await openTable(page, 'Audit log')
    await page.getByRole('row').nth(1).getByRole('button').first().click()
    await page.getByRole('columnheader', { name: 'Before' }).waitFor()
    await expectReadable()
  })

  test.each([
    ['products', 'sencha', 'history'],
    ['products', 'sencha', 'levels'],
    ['products', 'sencha', 'movements'],
    ['categories', 'tea', 'products'],
    ['locations', 'warehouse', ''],
    ['partners', 'supplier', ''],
    ['lots', 'spring', ''],
    ['reservations', 'reservation', ''],
    ['checks', 'check', ''],
  ] as const)('the page of one row: %s, %s, %s', async (table, row, tab) => {
    await page.goto(`/admin/${table}/${rows[row].id}/show/${tab}`)
    await page.getByRole('tab', { selected: true }).or(page.getByRole('table')).first().waitFor()
    await expectReadable()
  })

  test.each([
    'products',
    'categories',
    'locations',
    'partners',
    'lots',
    'users',
    'apiKeys',
    'checks',
  ])('the form for a new row: %s', async (table) => {
    await page.goto(`/admin/${table}/create`)
    const save = page.getByRole('button', { name: 'Save' })
    await save.waitFor()
    await page.getByRole('main').getByRole('textbox').first().fill('x')
    if (table === 'products') {
      for (const add of await page.getByRole('button', { name: 'Add', exact: true }).all()) {
        await add.click()
      }
    }
    await save.click()
    // With what is missing told.
    await expectReadable()
  })

  test('the form for a change', async () => {
    await page.goto(`/admin/products/${rows.sencha.id}`)
    await page.getByRole('textbox', { name: 'Name', exact: true }).waitFor()
    await expectReadable()
  })

  test('what is asked before something is done, and what two people saved', async () => {
    const { admin } = house.server
    await page.goto(`/admin/movements/${rows.movements[0]!.id}/show`)
    await page.getByRole('button', { name: 'Reverse' }).click()
    await page.getByRole('dialog', { name: 'Reverse' }).waitFor()
    await expectReadable()
    await page.goto(`/admin/products/${rows.oats.id}`)
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Fine oats')
    await admin.products.update.mutate({ id: rows.oats.id, name: 'Rough oats' })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('dialog').getByText('Rough oats').waitFor()
    await expectReadable()
    await page.goto('/admin/products')
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('dialog', { name: 'Export: Products' }).waitFor()
    await expectReadable()
  })

  test.each([
    ['labels', 'Labels'],
    ['import', 'Import'],
    ['change-password', 'Change password'],
  ])('the page %s', async (path, heading) => {
    await page.goto(`/admin/${path}`)
    await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    const main = page.getByRole('main')
    await main.getByRole('button').or(main.getByRole('alert')).first().waitFor()
    await expectReadable()
  })

  test('on a phone no page is wider than the window', async () => {
    const phone = await house.newPage({ viewport: { width: 360, height: 780 } })
    await signIn(phone, '/admin')
    const main = phone.getByRole('main')
    const isWhole = () =>
      phone.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        return scrollWidth <= clientWidth
      })
    const row = rows.sencha.id
    for (const path of [
      'products',
      'migrations',
      `products/${row}/show`,
      `products/${row}`,
      'import',
    ]) {
      await phone.goto(`/admin/${path}`)
      await main
        .getByText(/Sencha|0001_initial|Choose a CSV|Packagings/)
        .first()
        .waitFor()
      expect([path, await isWhole()]).toEqual([path, true])
      await expect.poll(() => accessibilityFaults(phone), patience).toEqual([])
    }
    await phone.goto('/admin/products')
    await phone.getByRole('button', { name: 'Export' }).click()
    await phone.getByRole('dialog', { name: 'Export: Products' }).waitFor()
  })

  test('a page that is not there', async () => {
    await page.goto('/admin/nowhere')
    await page.getByRole('heading', { name: 'Not Found' }).waitFor()
    await expectReadable()
  })

  test('the sign-in, and the page that is not for an operator', async () => {
    const own = await house.newPage()
    await own.goto('/admin')
    await own.getByRole('button', { name: 'Sign in' }).waitFor()
    await expectReadable(own)
    await signIn(own, '/admin', operator)
    await own.goto('/admin/users')
    await own.getByText('This page is for administrators').waitFor()
    await expectReadable(own)
    await own.goto('/admin/import')
    await own.getByText('This page is for administrators').waitFor()
    await own.goto('/admin/products')
    await own.getByRole('button', { name: 'Export' }).waitFor()
    expect(await own.getByRole('link', { name: 'Import' }).count()).toBe(0)
  })
})

/** Ends when the page has followed. */
async function setTheme(page: Page, colorScheme: keyof typeof grounds) {
  await page.emulateMedia({ colorScheme })
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await expect.poll(ground, patience).toBe(grounds[colorScheme])
}

const grounds = { light: 'rgb(245, 247, 250)', dark: 'rgb(20, 24, 29)' }

const patience = { timeout: 15_000, interval: 250 }

/** Gives the reports of what is wrong something to tell. */
async function fillReports(
  { admin, operator }: House['server'],
  { oats, sencha, bins }: Awaited<ReturnType<typeof fillTables>>,
) {
  await admin.products.update.mutate({ id: oats.id, reorderPoint: 50 })
  const lot = await operator.lots.create.mutate({
    productId: sencha.id,
    code: 'LAST',
    expiresOn: new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10),
  })
  await operator.movements.post.mutate({
    lines: [
      {
        type: 'incoming',
        productId: sencha.id,
        lotId: lot.id,
        toLocationId: bins[0].id,
        quantity: 3,
      },
    ],
  })
}
