import { expect, test } from 'vitest'
import { describeInBrowser } from '../../src/browser.ts'
import { openHouse } from '../../src/house.ts'
import { signIn } from '../../src/person.ts'

describeInBrowser('signing in to the admin panel', () => {
  test('an administrator signs in and sees the products', async () => {
    await using house = await openHouse()
    await house.server.admin.products.create.mutate({
      sku: 'TEA-1',
      name: 'Green tea',
      baseUnit: 'box',
    })
    const page = await house.newPage()
    await signIn(page, '/admin')
    await page.getByRole('cell', { name: 'Green tea' }).waitFor()
    expect(house.faults).toEqual([])
  })
})
