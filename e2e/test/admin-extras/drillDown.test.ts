import { makeBins, makeProduct } from '@stockbook/server/src/testing/warehouse.ts'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../../src/accessibility.ts'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { signIn } from '../../src/person.ts'

const moments = [
  // Somebody's finger slipped: hundreds of years without a row follow.
  '1026-02-01T08:00:00Z',
  // In Berlin, where the person is, it is half past midnight of the new year.
  '2024-12-31T23:30:00Z',
  '2025-03-10T08:00:00Z',
  '2025-03-10T09:00:00Z',
  '2025-03-11T08:00:00Z',
  '2026-02-01T08:00:00Z',
]

describeInBrowser('rows of the admin panel that are found by date', () => {
  let house: House
  let page: Page
  beforeAll(async () => {
    house = await openHouse()
    const { admin, operator } = house.server
    const [bin] = await makeBins(admin, 1)
    const { id: productId } = await makeProduct(admin)
    for (const moment of moments) {
      await operator.movements.post.mutate({
        occurredAt: new Date(moment),
        reference: moment,
        lines: [{ type: 'incoming', productId, toLocationId: bin, quantity: 1 }],
      })
    }
    page = await house.newPage()
    await signIn(page, '/admin')
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  const dates = (of = page) => of.getByRole('navigation', { name: /^(By date|По дате)/ })
  const choose = (name: string, of = page) =>
    dates(of).getByRole('button', { name, exact: true }).click()
  const offered = async (of = page) => dates(of).getByRole('button').allInnerTexts()

  const rowsAre = (count: number, of = page) =>
    expect.poll(() => of.getByRole('row').count(), { timeout: 10_000 }).toBe(count + 1)

  async function openMovements(of = page) {
    // Otherwise it would be as it was left.
    await of.goto('/admin/movements?filter={}')
    await rowsAre(moments.length, of)
    await dates(of).waitFor()
  }

  test('a year leads to its months, a month to its days, and each back', async () => {
    await openMovements()
    expect(await offered()).toEqual(['All dates', '1026', '2025', '2026'])
    await choose('1026')
    await rowsAre(1)
    await choose('All dates')
    await rowsAre(moments.length)
    await choose('2025')
    await rowsAre(4)
    await choose('March 2025')
    await rowsAre(3)
    await choose('10 March 2025')
    await rowsAre(2)
    expect(await offered()).toEqual(['All dates', '2025', 'March', '10'])
    expect(await dates().locator('[aria-current]').innerText()).toBe('10')
    expect(JSON.parse(new URL(page.url().replace('#/', '')).searchParams.get('filter')!)).toEqual({
      where: {
        occurredAt: { atLeast: '2025-03-09T23:00:00.000Z', lessThan: '2025-03-10T23:00:00.000Z' },
      },
    })
    await page.goBack()
    await rowsAre(3)
    await page.reload()
    await rowsAre(3)
    await choose('2025')
    await rowsAre(4)
    await choose('All dates')
    await rowsAre(moments.length)
  })

  test('what is found stays narrowed by other filters, and only their dates are offered', async () => {
    const filter = { reference: moments[4] }
    await page.goto(`/admin/movements?filter=${encodeURIComponent(JSON.stringify(filter))}`)
    await rowsAre(1)
    await expect.poll(() => offered()).toEqual(['All dates', '2025'])
    await choose('2025')
    await expect.poll(() => offered()).toEqual(['All dates', '2025', 'March'])
    await choose('All dates')
    await rowsAre(1)
  })

  test('a month without a row offers no days, and leads back', async () => {
    // By the clock of Berlin: April 2025.
    const where = { occurredAt: { atLeast: '2025-03-31T22:00Z', lessThan: '2025-04-30T22:00Z' } }
    await page.goto(`/admin/movements?filter=${encodeURIComponent(JSON.stringify({ where }))}`)
    await page.getByText(/^No movements found/i).waitFor()
    expect(await offered()).toEqual(['All dates', '2025', 'April'])
    await choose('2025')
    await expect
      .poll(() => offered())
      .toEqual(['All dates', '2025', 'January', 'February', 'March'])
  })

  test('dates that make no period are left as they are, and none is marked as where one is', async () => {
    const where = { occurredAt: { atLeast: '2025-03-10T08:30:00Z' } }
    await page.goto(`/admin/movements?filter=${encodeURIComponent(JSON.stringify({ where }))}`)
    await rowsAre(3)
    await dates().waitFor()
    expect(await dates().locator('[aria-current]').count()).toBe(0)
    await choose('All dates')
    await rowsAre(moments.length)
    await dates().locator('[aria-current]').waitFor()
  })

  test('it is done by keyboard, and read by programs that read aloud', async () => {
    await openMovements()
    await dates().getByRole('button', { name: '2026' }).focus()
    await page.keyboard.press('Enter')
    await rowsAre(1)
    expect(await accessibilityFaults(page)).toEqual([])
    await dates().getByRole('button', { name: 'All dates' }).focus()
    await page.keyboard.press('Enter')
    await rowsAre(moments.length)
  })

  test('the audit log is found by date too', async () => {
    await page.goto('/admin/audit')
    await dates().waitFor()
    const year = String(new Date().getFullYear())
    expect(await offered()).toEqual(['All dates', year])
    await choose(year)
    await expect.poll(async () => (await offered()).slice(0, 2)).toEqual(['All dates', year])
    await page
      .getByRole('cell', { name: /movements\.post|Posted|posted/ })
      .first()
      .waitFor()
  })

  test('on a telephone, in Russian, nothing is cut off', async () => {
    const narrow = await house.newPage({
      locale: 'ru-RU',
      viewport: { width: 360, height: 740 },
    })
    await signIn(narrow, '/admin')
    await narrow.goto('/admin/movements')
    await choose('2025', narrow)
    await choose('март 2025 г.', narrow)
    await expect
      .poll(async () => (await offered(narrow)).slice(0, 3))
      .toEqual(['Все даты', '2025', 'март'])
    await rowsAre(3, narrow)
    const edges = await dates(narrow)
      .getByRole('button')
      .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().right))
    expect(Math.max(...edges)).toBeLessThanOrEqual(360)
    expect(await accessibilityFaults(narrow)).toEqual([])
    await narrow.context().close()
  })

  test('a day on the front page leads to what moved on it', async () => {
    const { admin, operator } = house.server
    const [bin] = await makeBins(admin, 1)
    const { id: productId } = await makeProduct(admin)
    await operator.movements.post.mutate({
      lines: [{ type: 'incoming', productId, toLocationId: bin, quantity: 1 }],
    })
    await page.goto('/admin')
    await page.getByRole('button', { name: /table/i }).click()
    const day = page
      .getByRole('table', { name: /movements/i })
      .getByRole('link')
      .first()
    await day.click()
    await rowsAre(1)
    await dates().getByRole('button', { name: 'All dates' }).waitFor()
  })
})
