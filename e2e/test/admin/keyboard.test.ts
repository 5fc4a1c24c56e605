import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { administrator } from '../../src/person.ts'
import { fillTables } from './rows.ts'

describeInBrowser('the admin panel without a mouse', () => {
  let house: House
  let rows: Awaited<ReturnType<typeof fillTables>>
  let page: Page
  beforeAll(async () => {
    house = await openHouse()
    rows = await fillTables(house.server)
    page = await house.newPage()
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  const press = (...keys: string[]) =>
    keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve())
  const hasFocus = (target: Locator) =>
    target.evaluate((element) => element === document.activeElement)

  /** Goes on by Tab until the target has the focus. */
  async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
    await target.waitFor()
    for (let steps = 0; steps < mostSteps; steps++) {
      if (await hasFocus(target)) return
      await press(key)
    }
    throw new Error(`The keyboard does not come to ${target.toString()}.`)
  }

  test('somebody signs in, opens a product, goes from tab to tab, and saves a change', async () => {
    await page.goto('/admin/products')
    await tabTo(page.getByRole('textbox', { name: 'Username' }))
    await page.keyboard.type(administrator.username)
    await tabTo(page.getByLabel('Password *'))
    await page.keyboard.type(administrator.password)
    await press('Enter')
    await tabTo(page.getByRole('cell').getByRole('link', { name: 'Oats' }))
    await press('Enter')
    await tabTo(page.getByRole('tab', { name: 'Details' }))
    await press('ArrowRight', 'Enter')
    await page.getByRole('tab', { name: 'Stock levels', selected: true }).waitFor()
    await page.getByRole('cell', { name: 'N-02' }).waitFor()
    await tabTo(page.getByRole('link', { name: 'Edit' }), 'Shift+Tab')
    await press('Enter')
    const name = page.getByRole('textbox', { name: 'Name', exact: true })
    await tabTo(name)
    await press('Control+a')
    await page.keyboard.type('Rolled oats')
    await tabTo(page.getByRole('combobox', { name: 'Tracking' }))
    await press('ArrowDown')
    await page.getByRole('option', { name: 'by lot' }).waitFor()
    await press('Escape')
    await tabTo(page.getByRole('button', { name: 'Save' }))
    await press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Product Rolled oats' }).waitFor()
    await page.getByRole('tab', { name: 'Details' }).waitFor()
    expect(await house.server.admin.products.get.query({ id: rows.oats.id })).toMatchObject({
      name: 'Rolled oats',
      tracking: 'none',
      version: 2,
    })
  })

  test('what is done with selected rows is not come to before one is selected', async () => {
    await page.goto('/admin/products?filter={}')
    const row = page.getByRole('checkbox', { name: 'Select Rolled oats' })
    const archive = page.getByRole('button', { name: 'Archive' })
    await tabTo(page.getByRole('button', { name: 'Export' }))
    await row.waitFor()
    expect(await archive.count()).toBe(0)
    await press('Tab', 'Tab')
    expect(await hasFocus(page.getByRole('checkbox', { name: 'Select all' }))).toBe(true)
    await tabTo(row)
    await press('Space')
    await tabTo(archive, 'Shift+Tab')
    await press('Shift+Tab', 'Enter')
    await archive.waitFor({ state: 'hidden' })
    await page.goto(`/admin/products/${rows.oats.id}/show`)
  })

  test('a dialog takes the focus, keeps it, and gives it back when it is left by Escape', async () => {
    const archive = page.getByRole('button', { name: 'Archive' })
    await tabTo(archive)
    await press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Archive' })
    await dialog.waitFor()
    for (let steps = 0; steps < 6; steps++) {
      await press('Tab')
      expect(await dialog.locator(':focus').count()).toBe(1)
    }
    await press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => hasFocus(archive), { timeout: 15_000 }).toBe(true)
    const { archivedAt } = await house.server.admin.products.get.query({ id: rows.oats.id })
    expect(archivedAt).toBeNull()
  })
})

/** More than any page has places for the focus. */
const mostSteps = 120
