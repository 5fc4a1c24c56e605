import { makeBins, makeProduct, receive } from '@stockbook/server/src/testing/warehouse.ts'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../../src/accessibility.ts'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { signIn } from '../../src/person.ts'

describeInBrowser('filters of the admin panel', () => {
  let house: House
  let page: Page
  beforeAll(async () => {
    house = await openHouse()
    const { admin, operator } = house.server
    const [bin, other] = await makeBins(admin, 2)
    const { id: productId } = await makeProduct(admin, { name: 'Sencha' })
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
    await page.getByRole('button', { name: 'Add filter' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Any of the types' }).click()
    await page.getByRole('combobox', { name: 'Any of the types' }).click()
    await page.getByRole('option', { name: 'transfer' }).click()
    await page.getByRole('option', { name: 'adjustment' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('cell', { name: 'incoming' }).waitFor({ state: 'detached' })
    const types = () => page.getByRole('cell', { name: /^(transfer|adjustment|outgoing)$/ })
    await expect.poll(() => types().allInnerTexts()).toEqual(['adjustment', 'transfer'])
    expect(await accessibilityFaults(page)).toEqual([])
    await page.reload()
    await expect.poll(() => types().allInnerTexts()).toEqual(['adjustment', 'transfer'])
  })

  test('products without a supplier are found', async () => {
    const filter = encodeURIComponent(JSON.stringify({ hasSupplier: false }))
    await page.goto(`/admin/products?filter=${filter}`)
    await page.getByRole('cell', { name: 'Sencha', exact: true }).waitFor()
    const none = encodeURIComponent(JSON.stringify({ hasSupplier: true }))
    await page.goto(`/admin/products?filter=${none}`)
    await page.getByText(/^No .*(found|match)/i).waitFor()
  })
})
