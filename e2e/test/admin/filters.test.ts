import { makeBins, makeProduct, receive } from '@stockbook/server/src/testing/warehouse.ts'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../../src/accessibility.ts'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { signIn } from '../../src/person.ts'
import { addFilter, choose, chooseWay, faultAt, openTable, rowWith } from './table.ts'

describeInBrowser('filters of the admin panel', () => {
  let house: House
  let page: Page
  beforeAll(async () => {
    house = await openHouse()
    const { admin, operator } = house.server
    const [bin, other] = await makeBins(admin, 2)
    const { id: productId } = await makeProduct(admin, { name: 'Sencha' })
    await makeProduct(admin, {
      name: 'Oats 100%',
      reorderPoint: 5,
      unitPrice: '2.50',
      baseUnit: 'gram',
    })
    await makeProduct(admin, {
      name: 'Oats 100',
      reorderPoint: 20,
      unitPrice: '10',
      baseUnit: 'kilogram',
    })
    await receive(operator, productId, bin, 30)
    await operator.movements.post.mutate({
      lines: [
        { type: 'outgoing', productId, fromLocationId: bin, quantity: 1 },
        { type: 'transfer', productId, fromLocationId: bin, toLocationId: other, quantity: 2 },
        { type: 'adjustment', productId, fromLocationId: bin, quantity: 3, reason: 'broken' },
      ],
    })
    page = await house.newPage()
    await signIn(page, '/admin')
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  test('any of several values are shown, and the address keeps them', async () => {
    await page.goto('/admin/movements')
    await page.getByRole('cell', { name: 'incoming' }).waitFor()
    await addFilter(page, 'Type')
    await page.getByRole('combobox', { name: 'Type', exact: true }).click()
    await page.getByRole('option', { name: 'transfer' }).click()
    await page.getByRole('option', { name: 'adjustment' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('cell', { name: 'incoming' }).waitFor({ state: 'detached' })
    const types = () => page.getByRole('cell', { name: /^(transfer|adjustment|outgoing)$/ })
    await expect
      .poll(() => types().allInnerTexts(), { timeout: 15_000 })
      .toEqual(['adjustment', 'transfer'])
    expect(await accessibilityFaults(page)).toEqual([])
    await page.reload()
    await expect
      .poll(() => types().allInnerTexts(), { timeout: 15_000 })
      .toEqual(['adjustment', 'transfer'])
  })

  const names = () => page.getByRole('cell', { name: /^(Sencha|Oats 100%?)$/ }).allInnerTexts()
  const shows = (...expected: string[]) => expect.poll(names, { timeout: 15_000 }).toEqual(expected)
  const value = (name: string, exact = true) => page.getByRole('textbox', { name, exact })

  test('text is found by where it stands, and no sign in it stands for others', async () => {
    await openTable(page, 'Products')
    await shows('Oats 100', 'Oats 100%', 'Sencha')
    await addFilter(page, 'Name')
    await value('Name').fill('%')
    await shows('Oats 100%')
    await chooseWay(page, 'Name', 'starts with')
    await shows()
    await value('Name').fill('sen')
    await shows('Sencha')
    await page.reload()
    await shows('Sencha')
    await expect.poll(() => value('Name').inputValue(), { timeout: 15_000 }).toBe('sen')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByTitle('Remove this filter').click()
    await shows('Oats 100', 'Oats 100%', 'Sencha')
  })

  test('the texts that rows have are offered to choose from, by part of them, and several count', async () => {
    await page.goto('/admin/products?filter={}')
    await shows('Oats 100', 'Oats 100%', 'Sencha')
    await addFilter(page, 'Base unit')
    const unit = page.getByRole('combobox', { name: 'Base unit', exact: true })
    await unit.click()
    const options = () => page.getByRole('option').allInnerTexts()
    await expect.poll(options, { timeout: 15_000 }).toEqual(['gram', 'kilogram', 'piece'])
    await unit.fill('GRAM')
    await expect.poll(options, { timeout: 15_000 }).toEqual(['gram', 'kilogram'])
    await page.getByRole('option', { name: 'kilogram' }).click()
    await shows('Oats 100')
    await choose(unit, 'piece')
    await shows('Oats 100', 'Sencha')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.reload()
    await shows('Oats 100', 'Sencha')
    await page.getByRole('button', { name: 'kilogram' }).waitFor()
    await chooseWay(page, 'Base unit', 'starts with')
    await page.getByRole('textbox', { name: 'Base unit', exact: true }).fill('g')
    await shows('Oats 100%')
  })

  test('the countries of partners are offered, and only those that there are', async () => {
    const { operator } = house.server
    const partners = [
      { code: 'UJI', name: 'Uji', country: 'Japan' },
      { code: 'YAME', name: 'Yame', country: 'Japan' },
      { code: 'MILL', name: 'Mill', country: null },
      { code: 'KERICHO', name: 'Kericho', country: 'Kenya' },
    ]
    for (const partner of partners) {
      await operator.partners.create.mutate({ kind: 'supplier', ...partner })
    }
    await openTable(page, 'Partners')
    await addFilter(page, 'Country')
    const country = page.getByRole('combobox', { name: 'Country', exact: true })
    await country.click()
    await expect
      .poll(() => page.getByRole('option').allInnerTexts(), { timeout: 15_000 })
      .toEqual(['Japan', 'Kenya'])
    await page.getByRole('option', { name: 'Japan' }).click()
    await rowWith(page, 'Kericho').waitFor({ state: 'detached' })
    await rowWith(page, 'Uji').waitFor()
    await rowWith(page, 'Yame').waitFor()
    expect(await rowWith(page, 'Mill').count()).toBe(0)
  })

  test('numbers are narrowed at either end, and rows without one are found', async () => {
    await page.goto('/admin/products?filter={}')
    await addFilter(page, 'Reorder point')
    await chooseWay(page, 'Reorder point', 'greater than')
    await page.getByRole('spinbutton', { name: 'Reorder point', exact: true }).fill('5')
    await shows('Oats 100')
    await chooseWay(page, 'Reorder point', 'between')
    await page.getByRole('spinbutton', { name: 'Reorder point: at least' }).fill('1')
    await page.getByRole('spinbutton', { name: 'Reorder point: at most' }).fill('5')
    await shows('Oats 100%')
    await choose(page.getByRole('combobox', { name: 'Reorder point: condition' }), 'is empty')
    await shows('Sencha')
    await page.reload()
    await shows('Sencha')
    await choose(page.getByRole('combobox', { name: 'Reorder point' }), 'is not empty')
    await shows('Oats 100', 'Oats 100%')
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('a value that is no number is told at its filter, and the list stays as it was', async () => {
    await page.goto('/admin/products?filter={}')
    await addFilter(page, 'Price')
    await value('Price').fill('cheap')
    expect(await faultAt(value('Price'))).toBe('a decimal number is needed, like 12.50')
    await addFilter(page, 'Reorder point')
    const point = page.getByRole('spinbutton', { name: 'Reorder point', exact: true })
    await point.fill('2.5')
    expect(await faultAt(point)).toBe('a whole number is needed')
    await shows('Oats 100', 'Oats 100%', 'Sencha')
    await value('Price').fill('')
    await point.fill('20')
    await shows('Oats 100')
  })

  test('a condition is saved under a name, and had back in place of another', async () => {
    await page.goto('/admin/products?filter={}')
    await addFilter(page, 'Price')
    await chooseWay(page, 'Price', 'less than')
    await value('Price').fill('2,51')
    await shows('Oats 100%')
    await page.getByRole('button', { name: 'Add filter' }).click()
    await page.getByRole('menuitem', { name: 'Save current query...' }).click()
    const dialog = page.getByRole('dialog', { name: 'Save current query as' })
    await dialog.getByRole('textbox', { name: 'Query name' }).fill('Cheap')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await choose(page.getByRole('combobox', { name: 'Price: condition' }), 'is empty')
    await shows('Sencha')
    await page.getByRole('button', { name: 'Add filter' }).click()
    await page.getByRole('menuitem', { name: 'Cheap' }).click()
    await shows('Oats 100%')
    await expect.poll(() => value('Price').inputValue(), { timeout: 15_000 }).toMatch(/^2[.,]51$/)
  })

  test('movements of a day are found by the clock of the person', async () => {
    await page.goto('/admin/movements?filter={}')
    await rowWith(page, 'incoming').waitFor()
    await addFilter(page, 'Happened')
    const day = page.getByLabel('Happened', { exact: true })
    const today = await page.evaluate(() => new Date().toLocaleDateString('sv-SE'))
    await day.fill(today)
    await page.waitForURL(({ searchParams }) =>
      /occurredAt.*lessThan/.test(searchParams.get('filter') ?? ''),
    )
    await rowWith(page, 'incoming').waitFor()
    await day.fill('2020-01-01')
    await rowWith(page, 'incoming').waitFor({ state: 'detached' })
    await page.reload()
    await expect.poll(() => day.inputValue(), { timeout: 15_000 }).toBe('2020-01-01')
  })

  test('what an address asks for that no choice says is asked for in sight', async () => {
    const where = { name: { startsWith: 'oats', endsWith: '%' } }
    await page.goto(`/admin/products?filter=${encodeURIComponent(JSON.stringify({ where }))}`)
    await shows('Oats 100%')
    await expect
      .poll(() => value('Name: starts with').inputValue(), { timeout: 15_000 })
      .toBe('oats')
    await value('Name: ends with').fill('0')
    await shows('Oats 100')
  })

  test('products without a supplier are found', async () => {
    const filter = encodeURIComponent(JSON.stringify({ hasSupplier: false }))
    await page.goto(`/admin/products?filter=${filter}`)
    await page.getByRole('cell', { name: 'Sencha', exact: true }).waitFor()
    const none = encodeURIComponent(JSON.stringify({ hasSupplier: true }))
    await page.goto(`/admin/products?filter=${none}`)
    await page.getByText(/^No .*(found|match)/i).waitFor()
  })

  test('users of a warehouse are found, and those who work in all', async () => {
    const { admin } = house.server
    const north = { kind: 'warehouse', code: 'NORTH', name: 'North', parentId: null } as const
    const { id } = await admin.locations.create.mutate(north)
    await admin.users.create.mutate({
      username: 'northerner',
      displayName: 'Northerner',
      role: 'operator',
      password: 'works in the north alone',
      warehouseIds: [id],
    })
    await page.goto('/admin/users')
    await rowWith(page, 'northerner').waitFor()
    const count = await rowWith(page).count()
    await addFilter(page, 'Works in warehouses')
    const field = page.getByRole('combobox', { name: 'Works in warehouses', exact: true })
    await choose(field, 'NORTH')
    await expect.poll(() => rowWith(page).count(), { timeout: 15_000 }).toBe(1)
    await rowWith(page, 'northerner').waitFor()
    await chooseWay(page, 'Works in warehouses', 'is empty')
    await expect.poll(() => rowWith(page).count(), { timeout: 15_000 }).toBe(count - 1)
    expect(await rowWith(page, 'northerner').count()).toBe(0)
  })
})
