import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { administrator, signIn } from '../../src/person.ts'
import { addFilter, choose, openTable, rowWith } from './table.ts'

describeInBrowser('what a person makes of a table in the admin panel', () => {
  let house: House
  let page: Page
  beforeAll(async () => {
    house = await openHouse()
    const { admin } = house.server
    const supplier = await house.server.operator.partners.create.mutate({
      kind: 'supplier',
      code: 'UJI',
      name: 'Uji, growers',
    })
    const product = (sku: string, name: string, unitPrice: string | null) =>
      admin.products.create.mutate({
        sku,
        name,
        baseUnit: 'box',
        unitPrice,
        supplierId: supplier.id,
      })
    await product('TEA-1', 'Sencha "first"', '12.50')
    await product('TEA-2', '=HYPERLINK("http://elsewhere.example";"Bancha")', null)
    await product('TEA-3', '-1 Genmaicha', '1234.5')
    await product('OAT-1', 'Oats', '2')
    page = await house.newPage()
    // Where a page cannot open a file of the person's choice, the file is a download.
    await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'))
    await signIn(page, '/admin')
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  const order = () => rowWith(page, 'TEA').getByRole('cell', { name: /^TEA-/ }).allInnerTexts()

  async function exported(format: string): Promise<string> {
    await page.getByRole('button', { name: 'Export' }).click()
    const dialog = page.getByRole('dialog', { name: 'Export: Products' })
    await dialog.getByRole('radio', { name: format }).check()
    const download = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Export' }).click()
    const text = await readFile(await (await download).path(), 'utf8')
    await dialog.getByText(/^Done: /).waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await dialog.waitFor({ state: 'detached' })
    return text
  }

  async function setColumn(name: string, isShown: boolean) {
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('switch', { name, exact: true }).setChecked(isShown)
    await page.keyboard.press('Escape')
    const header = page.getByRole('columnheader', { name, exact: true })
    await header.waitFor({ state: isShown ? 'visible' : 'detached' })
  }

  /** One by the keyboard's way, one by the mouse's. */
  async function orderColumns() {
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('button', { name: 'Move down: SKU' }).press('Enter')
    const column = (name: string) =>
      page.getByRole('listitem').filter({ has: page.getByRole('switch', { name, exact: true }) })
    await column('Supplier').dragTo(column('Base unit'))
    await page.keyboard.press('Escape')
  }

  const shownHeaders = async () =>
    (await page.getByRole('columnheader').allInnerTexts())
      .map((text) => text.trim())
      .filter(Boolean)

  test('a file holds the rows and columns that the list shows, in its order, and no formula', async () => {
    await openTable(page, 'Products')
    await page.getByRole('textbox', { name: 'Search' }).fill('TEA')
    await rowWith(page, 'Oats').waitFor({ state: 'detached' })
    for (const way of ['ascending', 'descending']) {
      await page.getByRole('button', { name: `Sort by SKU ${way}` }).click()
    }
    for (const column of ['Category', 'Tracking', 'Reorder point']) await setColumn(column, false)
    await setColumn('Supplier', true)
    await orderColumns()
    const headers = ['Name', 'SKU', 'Supplier', 'Base unit', 'Price']
    await expect.poll(shownHeaders, { timeout: 15_000 }).toEqual(headers)
    const shown = ['TEA-3', 'TEA-2', 'TEA-1']
    await expect.poll(order, { timeout: 15_000 }).toEqual(shown)
    const lines: Readonly<Record<string, string>> = {
      'TEA-1': '"Sencha ""first""",TEA-1,"Uji, growers",box,12.5000',
      'TEA-2': `"'=HYPERLINK(""http://elsewhere.example"";""Bancha"")",TEA-2,"Uji, growers",box,`,
      'TEA-3': `'-1 Genmaicha,TEA-3,"Uji, growers",box,1234.5000`,
    }
    expect(await exported('CSV, commas')).toBe(
      [`\u{feff}${headers.join(',')}`, ...shown.map((sku) => lines[sku]), ''].join('\r\n'),
    )
    expect(await exported('CSV, semicolons and decimal commas')).toContain('box;12,5000')
  })

  test('columns and order outlive a reload', async () => {
    const before = await order()
    const headers = await shownHeaders()
    await page.reload()
    await page.getByRole('columnheader', { name: 'Supplier' }).waitFor()
    expect(await shownHeaders()).toEqual(headers)
    await expect.poll(order, { timeout: 15_000 }).toEqual(before)
  })

  test('a filter that was saved under a name is had back, also after signing out', async () => {
    await page.goto('/admin/products?filter={}')
    await addFilter(page, 'Supplier')
    await choose(page.getByRole('combobox', { name: 'Supplier', exact: true }), 'Uji, growers')
    await page.getByRole('textbox', { name: 'Search' }).fill('OAT')
    await rowWith(page, 'TEA-1').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Add filter' }).click()
    await page.getByRole('menuitem', { name: 'Save current query...' }).click()
    const dialog = page.getByRole('dialog', { name: 'Save current query as' })
    await dialog.getByRole('textbox', { name: 'Query name' }).fill('Oats of Uji')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })

    await page.getByRole('button', { name: administrator.username }).click()
    await page.getByRole('menuitem', { name: 'Logout' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    await signIn(page, '/admin')
    await openTable(page, 'Products')
    await rowWith(page, 'TEA-1').waitFor()
    await page.getByRole('button', { name: 'Add filter' }).click()
    await page.getByRole('menuitem', { name: 'Oats of Uji' }).click()
    await rowWith(page, 'TEA-1').waitFor({ state: 'detached' })
    await rowWith(page, 'OAT-1').waitFor()
  })
})
