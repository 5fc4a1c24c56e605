import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { signIn } from '../../src/person.ts'
import { fillTables } from './rows.ts'
import { addFilter, openTable, rowWith } from './table.ts'

describeInBrowser('stock in the admin panel', () => {
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

  const onHand = async (productId: string) => {
    const { items } = await house.server.operator.stock.levels.query({ productId })
    return items.reduce((sum, level) => sum + level.onHand, 0)
  }

  async function reverse(reason: string) {
    await page.getByRole('button', { name: 'Reverse' }).click()
    const dialog = page.getByRole('dialog', { name: 'Reverse' })
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason)
    await dialog.getByRole('button', { name: 'Reverse' }).click()
    await dialog.waitFor({ state: 'detached' })
  }

  test('of two who take back one movement the second is told, and the stock moves once', async () => {
    const { operator } = house.server
    const [movement] = rows.movements
    const id = movement!.id
    await page.goto(`/admin/movements/${id}/show`)
    await page.getByRole('button', { name: 'Reverse' }).waitFor()
    await operator.reservations.release.mutate({ id: rows.reservation.id })
    await operator.movements.reverse.mutate({ movementIds: [id], reason: 'never arrived' })
    await reverse('counted twice')
    await page.getByText('This movement was reversed before.').waitFor()
    await page.getByRole('button', { name: 'Reverse' }).waitFor({ state: 'detached' })
    expect(await onHand(rows.sencha.id)).toBe(0)
    const { items } = await operator.movements.list.query({ productId: rows.sencha.id })
    expect(items.map(({ reason }) => reason)).toEqual(['never arrived', null])
  })

  test('a reversal is no movement that can be taken back', async () => {
    const { items } = await house.server.operator.movements.list.query({
      productId: rows.sencha.id,
    })
    const reversal = items.find(({ reversesId }) => reversesId !== null)
    await page.goto(`/admin/movements/${reversal!.id}/show`)
    await page.getByText('never arrived').waitFor()
    expect(await page.getByRole('button', { name: 'Reverse' }).count()).toBe(0)
  })

  test('taking back more than is left is refused with the figures, and moves nothing', async () => {
    const { operator } = house.server
    await operator.movements.post.mutate({
      lines: [
        {
          type: 'outgoing',
          productId: rows.oats.id,
          fromLocationId: rows.bins[1].id,
          quantity: 20,
        },
      ],
    })
    const { items } = await operator.movements.list.query({
      productId: rows.oats.id,
      type: 'incoming',
    })
    await page.goto(`/admin/movements/${items[0]!.id}/show`)
    await reverse('sent back')
    await page.getByText('OAT-1 at N-02: 0 on hand, 25 asked for').waitFor()
    expect(await onHand(rows.oats.id)).toBe(5)
  })

  test('what was on hand at a moment is another thing than what is now', async () => {
    await openTable(page, 'Stock levels')
    await rowWith(page, 'Oats', 'N-01').waitFor()
    await addFilter(page, 'As of')
    await page.getByLabel('As of', { exact: true }).fill('2026-01-01T12:00')
    await rowWith(page, 'Oats').first().waitFor({ state: 'detached' })
    await page.reload()
    await page.getByText('No Stock levels found using the current filters.').waitFor()
    await page.getByRole('button', { name: 'Remove this filter' }).click()
    await rowWith(page, 'Oats', 'N-01').waitFor()
  })

  test('of a reservation some is given back, and never more than it holds', async () => {
    const { operator } = house.server
    const { reservation } = await operator.reservations.hold.mutate({
      productId: rows.oats.id,
      locationId: rows.warehouse.id,
      quantity: 4,
    })
    await page.goto(`/admin/reservations/${reservation.id}/show`)
    const giveBack = async (quantity: string) => {
      await page.getByRole('button', { name: 'Give back' }).click()
      const dialog = page.getByRole('dialog', { name: 'Give back' })
      await dialog.getByRole('spinbutton', { name: 'Quantity' }).fill(quantity)
      await dialog.getByRole('button', { name: 'Give back' }).click()
      await dialog.waitFor({ state: 'detached' })
    }
    const now = () => operator.reservations.get.query({ id: reservation.id })
    await giveBack('99')
    await page.getByText('This is more than the reservation still holds.').waitFor()
    expect(await now()).toMatchObject({ open: 4 })
    await giveBack('3')
    await rowWith(page, 'given back', '3').waitFor()
    expect(await now()).toMatchObject({ open: 1, released: 3 })
  })
})
