import { makeBins, makeProduct, receive } from '@stockbook/server/src/testing/warehouse.ts'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../../src/accessibility.ts'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { operator, signIn } from '../../src/person.ts'

describeInBrowser('the first page of the admin panel', () => {
  let house: House
  let page: Page
  beforeAll(async () => {
    house = await openHouse()
    page = await house.newPage()
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  const panel = (name: string, of = page) => of.getByRole('region', { name })
  const today = (of = page) => panel('Movements by day', of).getByRole('row').nth(1)

  test('an empty warehouse says so in each panel', async () => {
    await signIn(page, '/admin')
    await page.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor()
    await panel('Movements by day').getByText('Nothing has moved in the last 30 days.').waitFor()
    await panel('Stock by category').getByText('Nothing is on hand.').waitFor()
    await panel('Low stock').getByText('Nothing runs low.').waitFor()
    await panel('Open inventory checks').getByText('No inventory check is open.').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('what is posted is in its figures, and each panel leads to its list', async () => {
    const { admin, operator: olga } = house.server
    const tea = await admin.categories.create.mutate({ name: 'Tea' })
    const green = await admin.categories.create.mutate({ name: 'Green tea', parentId: tea.id })
    const [bin, other] = await makeBins(admin, 2)
    const sencha = await makeProduct(admin, {
      name: 'Sencha',
      categoryId: green.id,
      unitCost: '2.50',
      reorderPoint: 100,
      maximumStock: 500,
    })
    const plenty = await makeProduct(admin, { name: 'Plenty', reorderPoint: 1 })
    await receive(olga, sencha.id, bin, 45)
    await receive(olga, plenty.id, bin, 9)
    await olga.movements.post.mutate({
      lines: [
        { type: 'outgoing', productId: sencha.id, fromLocationId: bin, quantity: 5 },
        {
          type: 'transfer',
          productId: sencha.id,
          fromLocationId: bin,
          toLocationId: other,
          quantity: 1,
        },
      ],
    })
    await admin.checks.open.mutate({ title: 'Tea shelf', scope: { productIds: [sencha.id] } })

    await page.getByRole('button', { name: 'Refresh' }).click()
    await panel('Movements by day').getByText('Last 30 days').waitFor()
    // Came in, went out, changed place, adjusted.
    await expect.poll(() => cellsOf(today())).toEqual(['2', '1', '1', '0'])
    expect(await panel('Movements by day').getByRole('row').count()).toBe(31)
    const category = panel('Stock by category').getByRole('listitem').filter({ hasText: 'Tea' })
    expect(await category.innerText()).toMatch(/^Tea\s+100\.00\s+1 product$/)
    const low = panel('Low stock').getByRole('listitem')
    expect(await low.allInnerTexts()).toEqual([
      expect.stringMatching(/^Sencha\s+40 of 100\s+.*: order 460 piece$/),
    ])
    await panel('Open inventory checks').getByText('0 of 2 lines counted').waitFor()
    await panel('Last changes').getByText('Inventory check Tea shelf').waitFor()
    await panel('Last changes').getByRole('link', { name: '2 movements', exact: true }).waitFor()

    await panel('Low stock').getByRole('link', { name: 'All that is low' }).click()
    await page.getByRole('heading', { level: 1, name: 'Low stock' }).waitFor()
    await page.getByRole('cell', { name: 'Sencha', exact: true }).waitFor()
    expect(await page.getByRole('cell', { name: 'Plenty' }).count()).toBe(0)
    await page.goBack()
    await panel('Open inventory checks').getByRole('link', { name: 'Tea shelf' }).click()
    await page.getByRole('heading', { level: 1, name: 'Tea shelf' }).waitFor()
    await page.goBack()
    await panel('Stock by category').getByRole('link', { name: 'Tea' }).click()
    await page.getByRole('heading', { level: 1, name: 'Products' }).waitFor()
    await page.getByRole('cell', { name: 'Sencha', exact: true }).waitFor()
    expect(await page.getByRole('cell', { name: 'Plenty' }).count()).toBe(0)
  })

  test('one panel that fails says so, and the others stand', async () => {
    const own = await house.newPage()
    await own.route(/reports\.stockByCategory/, (route) => route.abort())
    await signIn(own, '/admin')
    await panel('Stock by category', own).getByRole('alert').waitFor({ timeout: 60_000 })
    await panel('Low stock', own).getByText('Sencha').waitFor()
    expect(await cellsOf(today(own))).toEqual(['2', '1', '1', '0'])
  })

  test('an operator sees no audit log, and is refused nothing', async () => {
    const own = await house.newPage()
    await signIn(own, '/admin', operator)
    await panel('Low stock', own).getByText('Sencha').waitFor()
    expect(await panel('Last changes', own).count()).toBe(0)
    expect(await own.getByRole('alert').count()).toBe(0)
  })

  test.each([
    { theme: 'light', locale: 'ru-RU', width: 1280 },
    { theme: 'dark', locale: 'en-GB', width: 1280 },
    { theme: 'light', locale: 'en-GB', width: 360 },
    { theme: 'dark', locale: 'ru-RU', width: 360 },
  ] as const)(
    'can be read by everybody: $theme, $locale, $width pixels wide',
    async ({ theme, locale, width }) => {
      const own = await house.newPage({
        colorScheme: theme,
        locale,
        viewport: { width, height: 800 },
      })
      await signIn(own, '/admin')
      await own.getByRole('link', { name: 'Sencha', exact: true }).waitFor()
      // The chart is drawn, beside the table that those read who do not see it.
      await own.locator('canvas').waitFor()
      await own.getByRole('table').waitFor({ state: 'attached' })
      expect(await accessibilityFaults(own)).toEqual([])
      const { scrolled, seen } = await own.evaluate(() => ({
        scrolled: document.documentElement.scrollWidth,
        seen: document.documentElement.clientWidth,
      }))
      expect(scrolled).toBe(seen)
      // Also on a phone nobody is kept from signing out.
      const bar = await own.getByRole('button', { name: menuOfUser }).boundingBox()
      expect((bar?.x ?? width) + (bar?.width ?? 0)).toBeLessThanOrEqual(width)
      const button = locale === 'ru-RU' ? 'Показать таблицей' : 'Show as a table'
      await own.getByRole('button', { name: button }).click()
      await own.locator('canvas').waitFor({ state: 'detached' })
      expect(await accessibilityFaults(own)).toEqual([])
    },
  )
})

const menuOfUser = /^(anton|Profile|Профиль)$/

async function cellsOf(row: ReturnType<Page['getByRole']>): Promise<string[]> {
  return row.getByRole('cell').allInnerTexts()
}
