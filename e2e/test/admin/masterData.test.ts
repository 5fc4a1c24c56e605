import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { signIn } from '../../src/person.ts'

describeInBrowser('working with tables in the admin panel', () => {
  let house: House
  let page: Page
  beforeAll(async () => {
    house = await openHouse()
    page = await house.newPage()
    await signIn(page, '/admin')
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  test('a product is made, what is wrong with it is told at the field, and it is found by its code', async () => {
    await page.goto('/admin/products/create')
    await page.getByRole('textbox', { name: 'SKU' }).fill('TEA-1')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Green tea')
    await page.getByRole('textbox', { name: 'Base unit' }).fill('box')
    const price = page.getByRole('textbox', { name: 'Price' })
    await price.fill('12.123456')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('write a decimal number with at most four places').waitFor()
    await price.fill('12,50')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('tab', { name: 'Details' }).waitFor()
    const { items } = await house.server.admin.products.list.query({ search: 'TEA-1' })
    expect(items).toMatchObject([{ sku: 'TEA-1', name: 'Green tea', unitPrice: '12.5000' }])
    await page.goto('/admin/partners')
    const scan = page.getByRole('textbox', { name: 'Scan or type a code' })
    await scan.fill('TEA-1')
    await scan.press('Enter')
    await page.getByRole('heading', { name: 'Product Green tea' }).waitFor()
  })

  test('who saves second sees what the first one saved, and chooses', async () => {
    const { admin } = house.server
    const made = await admin.products.create.mutate({ sku: 'OAT', name: 'Oats', baseUnit: 'kg' })
    await page.goto(`/admin/products/${made.id}`)
    const name = page.getByRole('textbox', { name: 'Name', exact: true })
    await name.fill('Fine oats')
    await admin.products.update.mutate({ id: made.id, name: 'Rough oats', reorderPoint: 7 })
    await page.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'Somebody changed this meanwhile' })
    await dialog.getByText('Rough oats').waitFor()
    expect((await admin.products.get.query({ id: made.id })).name).toBe('Rough oats')
    await dialog.getByRole('button', { name: 'Save what I chose' }).click()
    await dialog.waitFor({ state: 'detached' })
    // The field that only the other one had changed is left as it was saved.
    expect(await admin.products.get.query({ id: made.id })).toMatchObject({
      name: 'Fine oats',
      reorderPoint: 7,
    })
    await page.goto(`/admin/products/${made.id}/show/history`)
    await page.getByRole('cell', { name: 'Fine oats' }).waitFor()
  })

  test('of several rows each is archived or refused by itself, and the refusal says why', async () => {
    const { admin, operator } = house.server
    const warehouse = await admin.locations.create.mutate({
      kind: 'warehouse',
      code: 'W',
      name: 'W',
    })
    const bin = await admin.locations.create.mutate({
      kind: 'bin',
      code: 'W-1',
      name: 'W-1',
      parentId: warehouse.id,
    })
    const full = await admin.products.create.mutate({ sku: 'X-1', name: 'Xfull', baseUnit: 'kg' })
    await admin.products.create.mutate({ sku: 'X-2', name: 'Xempty', baseUnit: 'kg' })
    await operator.movements.post.mutate({
      lines: [{ type: 'incoming', productId: full.id, toLocationId: bin.id, quantity: 3 }],
      reference: 'PO-7',
    })
    await page.goto('/admin/products')
    await page.getByRole('textbox', { name: 'Search' }).fill('X-')
    await page.getByRole('checkbox', { name: 'Select Xfull' }).check()
    await page.getByRole('checkbox', { name: 'Select Xempty' }).check()
    await page.getByRole('button', { name: 'Archive' }).click()
    const ask = page.getByRole('dialog', { name: 'Archive', exact: true })
    await ask.getByRole('button', { name: 'Archive' }).click()
    const result = page.getByRole('dialog', { name: 'Archive: result' })
    await result.getByText('1 done, 1 refused').waitFor()
    await result.getByRole('row', { name: 'Xfull This is still in use.' }).waitFor()
    const { items } = await admin.products.list.query({ search: 'X-', archived: 'all' })
    expect(items.map(({ name, archivedAt }) => [name, archivedAt !== null])).toEqual([
      ['Xempty', true],
      ['Xfull', false],
    ])
  })

  test('a movement is taken back, once, with a reason', async () => {
    const { items } = await house.server.operator.movements.list.query({ reference: 'PO-7' })
    const [movement] = items
    await page.goto(`/admin/movements/${movement?.id}/show`)
    await page.getByRole('button', { name: 'Reverse' }).click()
    const dialog = page.getByRole('dialog', { name: 'Reverse' })
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('counted twice')
    await dialog.getByRole('button', { name: 'Reverse' }).click()
    await dialog.waitFor({ state: 'detached' })
    const after = await house.server.operator.movements.get.query({ id: movement?.id ?? 0 })
    expect(after.reversedById).not.toBeNull()
    const reversal = await house.server.operator.movements.get.query({
      id: after.reversedById ?? 0,
    })
    expect(reversal).toMatchObject({ reason: 'counted twice', reversesId: movement?.id })
    await page.getByRole('button', { name: 'Reverse' }).waitFor({ state: 'detached' })
  })
})
