import type { Page, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../../src/accessibility.ts'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { operator, signIn } from '../../src/person.ts'
import { fillTables } from './rows.ts'
import { choose, faultAt, rowWith } from './table.ts'

describeInBrowser('rows that are changed in the list of the admin panel', () => {
  let house: House
  let rows: Awaited<ReturnType<typeof fillTables>>
  let page: Page
  beforeAll(async () => {
    house = await openHouse()
    rows = await fillTables(house.server)
    page = await house.newPage()
    await signIn(page, '/admin')
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  const hasFocus = (name: string) =>
    button(name).evaluate((element) => element === document.activeElement)
  /** Presses Enter, and keeps what is sent from the server. Returns what lets it through. */
  async function saveLate(): Promise<() => Promise<void>> {
    const held: Route[] = []
    await page.route(/partners\.update/, (route) => void held.push(route))
    await page.keyboard.press('Enter')
    await expect.poll(() => held).toHaveLength(1)
    return async () => {
      await held[0]!.continue()
      await page.unroute(/partners\.update/)
    }
  }

  test('with the keyboard alone: Enter saves what was typed, and the list is there as before', async () => {
    const { admin } = house.server
    await page.goto('/admin/products?filter={}')
    await button('Change Oats here').press('Enter')
    await field('Name').and(page.locator(':focus')).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Control+a')
    await page.keyboard.type('Rolled oats')
    await choose(page.getByRole('combobox', { name: 'Category', exact: true }), 'Oat things')
    await page.getByRole('spinbutton', { name: 'Reorder point' }).fill('12')
    await page.getByRole('textbox', { name: 'Price', exact: true }).fill('2.50')
    await page.keyboard.press('Enter')
    await button('Change Rolled oats here').waitFor()
    expect(await hasFocus('Change Rolled oats here')).toBe(true)
    await rowWith(page, 'OAT-1', 'Rolled oats', 'Oat things', '12', '2.50').waitFor()
    expect(new URL(page.url()).pathname).toBe('/admin/products')
    expect(await admin.products.get.query({ id: rows.oats.id })).toMatchObject({
      name: 'Rolled oats',
      reorderPoint: 12,
      unitPrice: '2.5000',
      baseUnit: 'kg',
      version: 2,
    })
    await page.goto(`/admin/products/${rows.oats.id}/show/history`)
    await page.getByRole('row', { name: 'Reorder point — 12', exact: true }).waitFor()
  })

  test('Escape leaves a row as it was, and so does saving what nobody changed', async () => {
    const { admin } = house.server
    const { id } = rows.tea
    await page.goto('/admin/categories?filter={}')
    await button('Change Tea here').click()
    await field('Name').fill('Coffee')
    await page.keyboard.press('Escape')
    await button('Change Tea here').waitFor()
    expect(await hasFocus('Change Tea here')).toBe(true)
    await button('Change Tea here').click()
    await button('Save Tea').click()
    await button('Change Tea here').waitFor()
    expect(new URL(page.url()).pathname).toBe('/admin/categories')
    expect(await admin.categories.get.query({ id })).toMatchObject({ name: 'Tea', version: 1 })
  })

  test('what is wrong is told at its input, and nothing is kept', async () => {
    const { admin } = house.server
    const { id } = rows.customer
    await page.goto('/admin/partners?filter={}')
    await button('Change Café Linde here').click()
    await field('Phone').fill('030 1234')
    await field('E-mail').fill('nowhere')
    await page.keyboard.press('Enter')
    expect(await faultAt(field('E-mail'))).not.toBe('')
    expect(await accessibilityFaults(page)).toEqual([])
    await field('Name').fill('')
    await page.keyboard.press('Enter')
    expect(await faultAt(field('Name'))).toBe('Required')
    expect(await admin.partners.get.query({ id })).toMatchObject({ phone: null, version: 1 })
    await button('Leave Café Linde as it was').click()
    await rowWith(page, 'Café Linde', 'order@linde.example').waitFor()
  })

  test('who saves second sees what the first one saved, and chooses without leaving the list', async () => {
    const { admin } = house.server
    const { id } = rows.bins[0]
    await page.goto('/admin/locations?filter={}')
    await button('Change N-01 here').click()
    await field('Name').fill('By the gate')
    await page.getByRole('spinbutton', { name: 'Picking order' }).fill('7')
    await admin.locations.update.mutate({ id, name: 'By the lift', expectedVersion: 1 })
    await page.keyboard.press('Enter')
    const conflict = page.getByRole('dialog', { name: 'Somebody changed this meanwhile' })
    await conflict.getByRole('radio', { name: /By the lift/ }).check()
    await conflict.getByRole('button', { name: 'Save what I chose' }).click()
    await rowWith(page, 'N-01', 'By the lift', '7').waitFor()
    expect(new URL(page.url()).pathname).toBe('/admin/locations')
    expect(await admin.locations.get.query({ id })).toMatchObject({
      name: 'By the lift',
      pickSequence: 7,
      version: 3,
    })
  })

  test('a cell that is emptied holds nothing from then on, not an empty text', async () => {
    const { admin } = house.server
    const { id } = rows.customer
    await admin.partners.update.mutate({ id, expectedVersion: 1, phone: '030 1' })
    await page.goto('/admin/partners?filter={}')
    await button('Change Café Linde here').click()
    await field('Phone').fill('  ')
    await field('E-mail').fill('')
    await page.keyboard.press('Enter')
    await button('Change Café Linde here').waitFor()
    expect(await admin.partners.get.query({ id })).toMatchObject({
      phone: null,
      email: null,
      version: 3,
    })
  })

  test('by keys alone the focus stays where it was when what is wrong is told', async () => {
    await page.goto('/admin/partners?filter={}')
    await button('Change Uji growers here').click()
    await field('E-mail').fill('nowhere')
    await button('Save Uji growers').press('Enter')
    await faultAt(field('E-mail'))
    expect(await hasFocus('Save Uji growers')).toBe(true)
    await page.keyboard.press('Escape')
  })

  test('a row that is saved late takes no focus from the row that is changed next', async () => {
    await page.goto('/admin/partners?filter={}')
    await button('Change Café Linde here').click()
    await field('Phone').fill('030 2')
    const save = await saveLate()
    await button('Change Uji growers here').click()
    const next = rowWith(page, 'UJI').getByRole('textbox', { name: 'Name', exact: true })
    await next.and(page.locator(':focus')).waitFor()
    await save()
    await rowWith(page, 'Café Linde', '030 2').waitFor()
    expect(await next.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  test('a row that is opened again before it is saved stays open', async () => {
    await page.goto('/admin/partners?filter={}')
    await button('Change Uji growers here').click()
    await field('Phone').fill('030 3')
    const save = await saveLate()
    await page.keyboard.press('Escape')
    await button('Change Uji growers here').press('Enter')
    await field('Contact').fill('Mei')
    await save()
    await page.getByText('Element updated').waitFor()
    expect(await field('Contact').inputValue()).toBe('Mei')
    await field('Contact').press('Escape')
    await rowWith(page, 'Uji growers', '030 3').waitFor()
  })

  test('a choice is made anew from the row, which is left and saved by its own keys alone', async () => {
    const { admin } = house.server
    await page.goto('/admin/products?filter={}')
    await button('Change Sencha here').click()
    const category = page.getByRole('combobox', { name: 'Category', exact: true })
    await category.fill('Sencha teas')
    await page.getByRole('option', { name: 'Create Sencha teas' }).waitFor()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await category.fill('Sencha teas')
    await page.getByRole('option', { name: 'Create Sencha teas' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await field('Name').press('Enter')
    await rowWith(page, 'TEA-1', 'Sencha teas').waitFor()
    await button('Change Sencha here').waitFor()
    const { categoryId } = await admin.products.get.query({ id: rows.sencha.id })
    expect(await admin.categories.get.query({ id: categoryId! })).toMatchObject({
      name: 'Sencha teas',
    })
  })

  test('an operator changes partners in their list, in Russian too, and no goods', async () => {
    const own = await house.newPage({ locale: 'ru-RU' })
    await signIn(own, '/admin', operator)
    const pencils = own.getByRole('button', { name: /^Изменить .* здесь$/ })
    await own.goto('/admin/products?filter={}')
    await rowWith(own, 'Sencha').waitFor()
    expect(await pencils.count()).toBe(0)
    await own.goto('/admin/partners?filter={}')
    await rowWith(own, 'UJI').waitFor()
    expect(await pencils.count()).toBe(2)
    await own.getByRole('button', { name: 'Изменить Uji growers здесь' }).click()
    await own.getByRole('textbox', { name: 'Контактное лицо' }).fill('Ken')
    await own.keyboard.press('Enter')
    await rowWith(own, 'UJI', 'Ken').waitFor()
    await own.close()
  })
})
