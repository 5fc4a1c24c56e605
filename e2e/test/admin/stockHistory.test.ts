import { makeBins, makeProduct, receive } from '@stockbook/server/src/testing/warehouse.ts'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../../src/accessibility.ts'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { operator, signIn } from '../../src/person.ts'
import { choose, openTable, rowWith } from './table.ts'

describeInBrowser('the stock history of a product in the admin panel', () => {
  let house: House
  let page: Page
  beforeAll(async () => {
    house = await openHouse()
    page = await house.newPage()
    await signIn(page, '/admin', operator)
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  /** Type, change and balance of each row, latest first. */
  const balances = async () => {
    const rows = await rowWith(page).all()
    return Promise.all(
      rows.map(async (row) => (await row.getByRole('cell').allInnerTexts()).slice(1, 4).join(' ')),
    )
  }
  const isTold = (rows: readonly string[]) =>
    expect.poll(balances, { timeout: 15_000 }).toEqual(rows)

  test('tells the balance after each movement, of the whole stock, of a place, and of a level', async () => {
    const { admin, operator: olga } = house.server
    const [bin, other] = await makeBins(admin, 2)
    const { id: productId } = await makeProduct(admin, { name: 'Sencha' })
    await receive(olga, productId, bin, 1_000, new Date('2026-01-10T08:00:00Z'))
    await olga.movements.post.mutate({
      occurredAt: new Date('2026-01-12T08:00:00Z'),
      lines: [
        { type: 'outgoing', productId, fromLocationId: bin, quantity: 300 },
        { type: 'transfer', productId, fromLocationId: bin, toLocationId: other, quantity: 50 },
      ],
    })
    // A paper that was found late belongs between them.
    await receive(olga, productId, bin, 7, new Date('2026-01-11T08:00:00Z'))

    await page.goto(`/admin/products/${productId}/show`)
    await page.getByRole('tab', { name: 'Stock history' }).click()
    await isTold([
      'transfer 0 707',
      'outgoing -300 707',
      'incoming 7 1,007',
      'incoming 1,000 1,000',
    ])
    expect(await accessibilityFaults(page)).toEqual([])

    const { code } = await admin.locations.get.query({ id: other })
    await choose(page.getByRole('combobox', { name: 'Location' }), code)
    await isTold(['transfer 50 50'])

    await openTable(page, 'Stock levels')
    await rowWith(page, 'Sencha', '657').click()
    await page.getByRole('tab', { name: 'Stock history', selected: true }).waitFor()
    await isTold([
      'transfer -50 657',
      'outgoing -300 707',
      'incoming 7 1,007',
      'incoming 1,000 1,000',
    ])
  })
})
