import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { signIn } from '../../src/person.ts'
import { fillTables } from './rows.ts'
import { choose, faultAt, openTable, rowWith, saveForm } from './table.ts'

describeInBrowser('making and changing rows in the admin panel', () => {
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

  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  const choice = (name: string) => page.getByRole('combobox', { name, exact: true })
  const save = () => page.getByRole('button', { name: 'Save' }).click()

  test('a category is made inside another, and never moved into its own branch', async () => {
    await page.goto('/admin/categories/create')
    await field('Name').fill('Black tea')
    await choose(choice('Inside'), 'Tea')
    await saveForm(page)
    await openTable(page, 'Categories')
    await page.getByRole('button', { name: 'Tree' }).click()
    await page.getByRole('button', { name: 'Open Tea' }).click()
    await page.getByRole('link', { name: 'Black tea' }).waitFor()
    await page.getByRole('link', { name: 'Green tea' }).waitFor()

    await page.goto(`/admin/categories/${rows.tea.id}`)
    await choose(choice('Inside'), 'Green tea')
    await save()
    expect(await faultAt(choice('Inside'))).toBe('This cannot stand below that parent.')
    const { parentId } = await house.server.admin.categories.get.query({ id: rows.tea.id })
    expect(parentId).toBeNull()
  })

  test('a category that is missing is made beside the form of a product, with the name that was looked for', async () => {
    await page.goto('/admin/products/create')
    await field('SKU').fill('CUP-1')
    await choice('Category').fill('Crockery')
    await page.getByRole('option', { name: 'Create Crockery' }).click()
    const dialog = page.getByRole('dialog', { name: 'Create Category' })
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => choice('Category').inputValue()).toBe('Crockery')
    expect(await field('SKU').inputValue()).toBe('CUP-1')
    const { items } = await house.server.admin.categories.list.query({ search: 'Crockery' })
    expect(items).toHaveLength(1)
  })

  test('of a product each fault is told at its own input, and nothing is kept before all are right', async () => {
    const { admin } = house.server
    await page.goto('/admin/products/create')
    await field('SKU').fill('tea-1')
    await field('Name').fill('Gyokuro')
    await field('Base unit').fill('box')
    await page.getByRole('button', { name: 'Add', exact: true }).first().click()
    await field('Packaging').fill('case')
    await page.getByRole('spinbutton', { name: 'Base units in it' }).fill('24')
    await page.getByRole('button', { name: 'Add', exact: true }).last().click()
    await choose(choice('Kind of code'), 'GTIN (EAN, UPC)')
    await field('Code').fill('9506000134353')
    await save()
    expect(await faultAt(field('Code'))).toBe('the check digit is wrong')
    await field('Code').fill('9506000134352')
    await save()
    expect(await faultAt(field('SKU'))).toBe('There is one like this already: “tea-1” is taken.')
    expect((await admin.products.list.query({ search: 'Gyokuro' })).items).toEqual([])
    await field('SKU').fill('TEA-2')
    await saveForm(page)
    const { items } = await admin.products.list.query({ search: 'Gyokuro' })
    expect(items).toMatchObject([
      {
        sku: 'TEA-2',
        packagings: [{ name: 'case', factor: 24 }],
        codes: [{ type: 'gtin', code: '9506000134352', packaging: null }],
      },
    ])
  })

  test('what is typed before the whole form is loaded can be saved', async () => {
    const slow = /assets\/RowsInput/
    const add = page.getByRole('button', { name: 'Add', exact: true }).first()
    let go = () => {}
    const isTyped = new Promise<void>((resolve) => {
      go = resolve
    })
    await page.route(slow, async (route) => {
      await isTyped
      await route.continue()
    })
    await page.goto('/admin/products/create')
    await field('SKU').fill('TEA-3')
    await field('Name').fill('Matcha')
    await field('Base unit').fill('box')
    expect(await add.count()).toBe(0)
    go()
    await add.waitFor()
    await page.unroute(slow)
    await saveForm(page)
    const { items } = await house.server.admin.products.list.query({ search: 'TEA-3' })
    expect(items).toMatchObject([{ name: 'Matcha', tracking: 'none', packagings: [], codes: [] }])
  })

  test('who empties a field that must have a value is told so, and the row stays as it was', async () => {
    const before = await house.server.admin.products.get.query({ id: rows.oats.id })
    await page.goto(`/admin/products/${rows.oats.id}`)
    await field('Name').fill('')
    await save()
    expect(await faultAt(field('Name'))).toBe('Required')
    expect(await house.server.admin.products.get.query({ id: rows.oats.id })).toEqual(before)
  })

  test('a price is read and written with the decimal sign of the person, and keeps its places', async () => {
    const { admin } = house.server
    const { id } = rows.oats
    await admin.products.update.mutate({ id, unitPrice: '1234.5' })
    const russian = await house.newPage({ locale: 'ru-RU' })
    await signIn(russian, '/admin')
    const price = russian.getByRole('textbox', { name: 'Цена', exact: true })
    const saveIt = () => russian.getByRole('button', { name: 'Сохранить' }).click()
    await russian.goto(`/admin/products/${id}`)
    await expect.poll(() => price.inputValue()).toBe('1234,50')
    await price.press('End')
    await price.press('Backspace')
    // Nothing is put behind what is being typed.
    expect(await price.inputValue()).toBe('1234,5')
    await price.fill('1.234,5')
    await saveIt()
    expect(await faultAt(price)).toBe(
      'нужно десятичное число, не больше четырёх знаков после запятой, например 12,50',
    )
    await price.fill('0,1234')
    await saveIt()
    await russian.getByRole('tab', { name: 'Сведения' }).waitFor()
    expect((await admin.products.get.query({ id })).unitPrice).toBe('0.1234')
  })

  test('the page of a product shows what is on hand, its lots, movements and reservations, and what changed', async () => {
    const { admin } = house.server
    await admin.products.update.mutate({ id: rows.sencha.id, reorderPoint: 12 })
    await page.goto(`/admin/products/${rows.sencha.id}/show`)
    const related = [
      ['Stock levels', 'N-01', 'SPRING', '40'],
      ['Lots', 'AUTUMN', 'on hold'],
      ['Movements', 'incoming', '40', 'PO-7'],
      ['Reservations', 'SO-1', 'held'],
    ]
    for (const [tab = '', ...texts] of related) {
      await page.getByRole('tab', { name: tab }).click()
      await rowWith(page, ...texts).waitFor()
      expect(await rowWith(page, 'Oats').count()).toBe(0)
    }
    await page.getByRole('tab', { name: 'History', exact: true }).click()
    await page.getByRole('row', { name: 'Reorder point — 12', exact: true }).waitFor()
  })

  test('a location is found at its place in the tree, its code is unique, and a change of it is kept', async () => {
    await page.goto('/admin/locations/create')
    await choose(choice('Kind'), 'bin')
    await field('Code').fill('n-01')
    await field('Name').fill('By the window')
    await choose(choice('Inside'), 'NORTH')
    await save()
    expect(await faultAt(field('Code'))).toContain('is taken')
    await field('Code').fill('N-03')
    await saveForm(page)
    await page.getByRole('link', { name: 'Edit' }).click()
    await field('Name').fill('Under the window')
    await saveForm(page)
    await page.getByRole('tab', { name: 'History', exact: true }).click()
    await page.getByRole('row', { name: 'Name By the window Under the window' }).waitFor()
    await openTable(page, 'Locations')
    await page.getByRole('button', { name: 'Tree' }).click()
    await page.getByRole('button', { name: 'Open NORTH' }).click()
    await page.getByRole('link', { name: 'N-03' }).waitFor()
  })

  test('a partner with a wrong e-mail address or a taken code is told at the field', async () => {
    await page.goto('/admin/partners/create')
    await choose(choice('Kind'), 'customer')
    await field('Code').fill('CAFE')
    await field('Name').fill('Another café')
    await field('E-mail').fill('nowhere')
    await save()
    expect(await faultAt(field('E-mail'))).not.toBe('')
    await field('E-mail').fill('hello@cafe.example')
    await save()
    expect(await faultAt(field('Code'))).toContain('is taken')
    await field('Code').fill('CAFE-2')
    await saveForm(page)
    const { items } = await house.server.admin.partners.list.query({ search: 'CAFE-2' })
    expect(items).toMatchObject([{ email: 'hello@cafe.example', kind: 'customer' }])
  })

  test('a lot is made of a product, and a recall is in its history', async () => {
    await page.goto('/admin/lots/create')
    await choose(choice('Product'), 'Sencha')
    await field('Code').fill('SPRING')
    await field('Last good day').fill('2031-06-30')
    await save()
    expect(await faultAt(field('Code'))).toContain('is taken')
    await field('Code').fill('SUMMER')
    await saveForm(page)
    await page.getByRole('link', { name: 'Edit' }).click()
    await choose(choice('Status'), 'recalled')
    await saveForm(page)
    await page.getByRole('tab', { name: 'History', exact: true }).click()
    await page.getByRole('row', { name: 'Status available recalled' }).waitFor()
    const { items } = await house.server.operator.lots.list.query({ search: 'SUMMER' })
    expect(items).toMatchObject([{ expiresOn: '2031-06-30', status: 'recalled' }])
  })

  test('a row is copied without what must differ, and several are made one after the other', async () => {
    const { admin } = house.server
    await page.goto(`/admin/categories/${rows.green.id}/show`)
    await page.getByRole('link', { name: 'Copy' }).click()
    await page.waitForURL(/categories\/create/)
    await expect.poll(() => choice('Inside').inputValue(), { timeout: 15_000 }).toBe('Tea')
    expect(await field('Name').inputValue()).toBe('')
    await field('Name').fill('White tea')
    await page.getByRole('button', { name: 'Add another' }).click()
    await expect.poll(() => field('Name').inputValue()).toBe('')
    await expect.poll(() => choice('Inside').inputValue(), { timeout: 15_000 }).toBe('Tea')
    await field('Name').fill('Yellow tea')
    await saveForm(page)
    const { items } = await admin.categories.list.query({ parentId: rows.tea.id })
    expect(items.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Green tea', 'White tea', 'Yellow tea']),
    )

    await page.goto(`/admin/lots/${rows.spring.id}/show`)
    await page.getByRole('link', { name: 'Copy' }).click()
    await expect.poll(() => choice('Product').inputValue(), { timeout: 15_000 }).toBe('Sencha')
    expect(await field('Code').inputValue()).toBe('')
    await field('Code').fill('SPRING-2')
    await saveForm(page)
    const { items: lots } = await admin.lots.list.query({ search: 'SPRING-2' })
    expect(lots).toMatchObject([{ productId: rows.sencha.id, expiresOn: '2031-03-31' }])

    await page.goto(`/admin/checks/${rows.check.id}/show`)
    await page.getByRole('link', { name: 'Copy' }).click()
    await page.waitForURL(/checks\/create/)
    await expect.poll(() => field('Title').inputValue(), { timeout: 15_000 }).toBe('Tea shelf')
    await field('Title').fill('Tea shelf again')
    await save()
    await page.getByRole('heading', { level: 1, name: 'Tea shelf again' }).waitFor()
    const { items: checks } = await admin.checks.list.query({ search: 'again' })
    expect(checks).toMatchObject([{ scope: { productIds: [rows.sencha.id] } }])
  })

  test('who applies a change stays with the form, and may change more', async () => {
    const { admin } = house.server
    const { id } = await admin.partners.create.mutate({ kind: 'supplier', code: 'A-1', name: 'A' })
    await page.goto(`/admin/partners/${id}`)
    const apply = page.getByRole('button', { name: 'Apply' })
    await field('Name').fill('AA')
    await apply.click()
    await expect.poll(async () => (await admin.partners.get.query({ id })).name).toBe('AA')
    // As saved: there is nothing to apply.
    await expect.poll(() => apply.isDisabled()).toBe(true)
    await field('Name').fill('AAA')
    await field('Contact').fill('Ann')
    await apply.click()
    await expect
      .poll(() => admin.partners.get.query({ id }))
      .toMatchObject({ name: 'AAA', contactName: 'Ann' })
    expect(new URL(page.url()).pathname).toBe(`/admin/partners/${id}`)
  })
})
