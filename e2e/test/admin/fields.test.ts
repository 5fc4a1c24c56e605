import { makeBins, makeProduct, receive } from '@stockbook/server/src/testing/warehouse.ts'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../../src/accessibility.ts'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { administrator, operator, type Person, signIn } from '../../src/person.ts'

/** A figure that stands nowhere else, in whatever way it is written. */
const cost = '7319.5'
const written = /7,?319\.5/

describeInBrowser('what goods cost, in the admin panel', () => {
  let house: House
  let productId: string
  beforeAll(async () => {
    house = await openHouse()
    const { admin, operator: olga } = house.server
    const tea = await admin.categories.create.mutate({ name: 'Tea' })
    const [bin] = await makeBins(admin, 1)
    const product = await makeProduct(admin, {
      name: 'Sencha',
      categoryId: tea.id,
      unitPrice: '9000',
      unitCost: cost,
    })
    productId = product.id
    await receive(olga, productId, bin, 1)
    const check = await admin.checks.open.mutate({ title: 'Seen', scope: {}, isBlind: false })
    const { items } = await olga.checks.lines.query({ checkId: check.id })
    await olga.checks.count.mutate({ lineId: items[0]!.id, quantity: 0 })
    await olga.checks.submit.mutate({ id: check.id })
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  async function pageOf(person: Person): Promise<Page> {
    const page = await house.newPage()
    await signIn(page, '/admin', person)
    return page
  }

  async function openColumns(page: Page) {
    await page.getByRole('button', { name: 'Columns' }).click()
    return page.getByRole('dialog', { name: 'Columns' })
  }

  const filterBy = (page: Page, name: string) =>
    page.getByRole('menuitemcheckbox', { name, exact: true })

  const heading = (page: Page, name: string) =>
    page.getByRole('columnheader', { name, exact: true })

  test('an administrator reads it in the list, by a filter, and on the page of the product', async () => {
    const page = await pageOf(administrator)
    await page.goto('/admin/products')
    await page.getByRole('cell', { name: 'Sencha', exact: true }).waitFor()
    const columns = await openColumns(page)
    await columns.getByRole('switch', { name: 'Cost' }).check()
    await page.keyboard.press('Escape')
    await heading(page, 'Cost').waitFor()
    await page.getByRole('cell', { name: written }).waitFor()
    await page.getByRole('button', { name: 'Add filter' }).click()
    await filterBy(page, 'Cost').waitFor()
    await page.goto(`/admin/products/${productId}/show`)
    await page.getByText(written).waitFor()
    await page.context().close()
  })

  test('an operator finds no column, no filter and no field of it', async () => {
    const page = await pageOf(operator)
    await page.goto('/admin/products')
    await page.getByRole('cell', { name: 'Sencha', exact: true }).waitFor()
    const columns = await openColumns(page)
    await columns.getByRole('switch', { name: 'Price' }).waitFor()
    expect(await columns.getByRole('switch', { name: 'Cost' }).count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Add filter' }).click()
    await filterBy(page, 'Price').waitFor()
    expect(await filterBy(page, 'Cost').count()).toBe(0)
    await page.keyboard.press('Escape')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.goto(`/admin/products/${productId}/show`)
    await page.getByText(/9,?000\.00/).waitFor()
    expect(await page.getByText('Cost', { exact: true }).count()).toBe(0)
    expect(await page.getByText(written).count()).toBe(0)
    await page.context().close()
  })

  test('the first page and the reports of an operator do without it, and nothing is refused', async () => {
    const page = await pageOf(operator)
    const category = page.getByRole('region', { name: 'Stock by category' }).getByRole('listitem')
    await category.getByText('1 product').waitFor()
    expect(await category.innerText()).toMatch(/^Tea\s+1 product$/)
    for (const [list, cell] of [
      ['stockByCategory', 'Tea'],
      ['slowMovers', 'Sencha'],
    ] as const) {
      await page.goto(`/admin/${list}`)
      await page.getByRole('cell', { name: cell, exact: true }).waitFor()
      expect(await heading(page, 'Value').count()).toBe(0)
      expect(await page.getByText(written).count()).toBe(0)
      expect(await page.getByRole('alert').count()).toBe(0)
    }
    await page.goto('/admin/checks')
    await page.getByRole('cell', { name: 'Seen', exact: true }).click()
    await page.getByRole('columnheader', { name: 'Variance', exact: true }).waitFor()
    await page.getByText('Sencha').waitFor()
    expect(await heading(page, 'Value').count()).toBe(0)
    expect(await page.getByText(written).count()).toBe(0)
    await page.context().close()
  })

  test('who comes after an administrator at the same browser has no columns of theirs', async () => {
    const page = await pageOf(administrator)
    await page.goto('/admin/products')
    const columns = await openColumns(page)
    await columns.getByRole('switch', { name: 'Cost' }).check()
    await page.keyboard.press('Escape')
    await heading(page, 'Cost').waitFor()
    await page.getByRole('button', { name: 'anton' }).click()
    await page.getByRole('menuitem', { name: 'Logout' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    await signIn(page, '/admin', operator)
    await page.goto('/admin/products')
    await page.getByRole('cell', { name: 'Sencha', exact: true }).waitFor()
    expect(await heading(page, 'Cost').count()).toBe(0)
    await heading(page, 'Price').waitFor()
    // An address that somebody else has sent.
    const filter = { where: { unitCost: { atLeast: '1' } } }
    await page.goto(`/admin/products?filter=${encodeURIComponent(JSON.stringify(filter))}`)
    await page.getByRole('alert').filter({ hasText: 'This was left out' }).waitFor()
    await page.getByRole('cell', { name: 'Sencha', exact: true }).waitFor()
    await page.context().close()
  })

  test('an operator who picks a saved query of an administrator is told what it leaves out', async () => {
    const page = await pageOf(administrator)
    const where = { unitCost: { atLeast: '1' }, name: { contains: 'Sen' } }
    await page.goto(`/admin/products?filter=${encodeURIComponent(JSON.stringify({ where }))}`)
    await page.getByRole('cell', { name: 'Sencha', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Add filter' }).click()
    await page.getByRole('menuitem', { name: 'Save current query...' }).click()
    const dialog = page.getByRole('dialog', { name: 'Save current query as' })
    await dialog.getByRole('textbox', { name: 'Query name' }).fill('Dear teas')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'anton' }).click()
    await page.getByRole('menuitem', { name: 'Logout' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    await signIn(page, '/admin', operator)
    await page.goto('/admin/products')
    await page.getByRole('button', { name: 'Add filter' }).click()
    await page.getByRole('menuitem', { name: 'Dear teas' }).click()
    const notice = page.getByRole('alert').filter({ hasText: 'This was left out' })
    await notice.getByText('Cost, at least: “1” (your role may not ask for it)').waitFor()
    await expect.poll(() => decodeURIComponent(page.url())).toContain('"contains":"Sen"')
    expect(page.url()).not.toContain('unitCost')
    await page.getByRole('cell', { name: 'Sencha', exact: true }).waitFor()
    await page.context().close()
  })
})
