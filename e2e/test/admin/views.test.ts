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
    await signIn(page, '/admin')
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  test('a filter that was saved under a name is had back, also after signing out', async () => {
    await page.goto('/admin/products?filter={}')
    await addFilter(page, 'Supplier')
    await choose(page.getByRole('combobox', { name: 'Supplier' }), 'Uji, growers')
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
