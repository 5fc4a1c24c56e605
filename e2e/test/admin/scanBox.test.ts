import { makeBins } from '@stockbook/server/src/testing/warehouse.ts'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from '../../src/browser.ts'
import { cutOff } from '../../src/cutOff.ts'
import { type House, openHouse } from '../../src/house.ts'
import { signIn } from '../../src/person.ts'

describeInBrowser('the scan box of the admin panel', () => {
  let house: House
  let page: Page
  beforeAll(async () => {
    house = await openHouse()
    const { admin } = house.server
    const milk = await admin.products.create.mutate({
      sku: 'MILK',
      name: 'Milk',
      baseUnit: 'piece',
      tracking: 'lot',
      codes: [{ type: 'gtin', code: '4006381333931' }],
    })
    await admin.lots.create.mutate({ productId: milk.id, code: 'LOT42', expiresOn: '2026-12-31' })
    await makeBins(admin, 1)
    page = await house.newPage()
    await signIn(page, '/admin')
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  async function scan(code: string) {
    const box = page.getByRole('textbox', { name: 'Scan or type a code' })
    await box.fill(code)
    await box.press('Enter')
  }

  test.each([
    ['a SKU', 'MILK', 'Product Milk'],
    ['an EAN', '4006381333931', 'Product Milk'],
    ['GS1 data with a lot that is known', '(01)04006381333931(10)LOT42', 'Lot LOT42'],
    ['GS1 data with a lot that is not', '(01)04006381333931(10)OTHER', 'Product Milk'],
    ['a GS1 link', 'https://id.gs1.org/01/04006381333931/10/LOT42', 'Lot LOT42'],
    ['the code of a lot', 'lot42', 'Lot LOT42'],
  ])('%s leads to its page', async (_what, code, heading) => {
    await page.goto('/admin/partners')
    await scan(code)
    await page.getByRole('heading', { level: 1, name: heading }).waitFor()
  })

  test('the code of a place leads to the place', async () => {
    const { items } = await house.server.operator.locations.list.query({ kind: 'bin' })
    const code = items[0]?.code ?? ''
    await scan(code)
    await page.getByRole('heading', { level: 1, name: `Location ${code}` }).waitFor()
  })

  test('a code that lots of several products have leads to all of them, to choose from', async () => {
    const { admin } = house.server
    for (const name of ['Cream', 'Curd']) {
      const product = await admin.products.create.mutate({
        sku: name.toUpperCase(),
        name,
        baseUnit: 'piece',
        tracking: 'lot',
      })
      await admin.lots.create.mutate({ productId: product.id, code: 'MAY-31' })
    }
    await scan('may-31')
    await page.getByRole('heading', { level: 1, name: 'Lots' }).waitFor()
    await page.getByRole('row', { name: /MAY-31.*Cream/ }).waitFor()
    expect(await page.getByRole('cell', { name: 'MAY-31', exact: true }).count()).toBe(2)
    await page
      .getByRole('row', { name: /MAY-31.*Curd/ })
      .getByRole('link', { name: 'MAY-31' })
      .click()
    await page.getByRole('heading', { level: 1, name: 'Lot MAY-31' }).waitFor()
    await page.getByRole('link', { name: 'Curd' }).first().waitFor()
  })

  test('a code that hundreds of others hold leads to its own lot or place', async () => {
    const { admin } = house.server
    const { items } = await admin.products.list.query({ search: 'MILK' })
    const [warehouse] = (await admin.locations.list.query({ kind: 'warehouse' })).items
    const numbers = Array.from({ length: 205 }, (_, index) => index)
    await Promise.all(
      numbers.flatMap((number) => [
        admin.lots.create.mutate({ productId: items[0]?.id ?? '', code: `${number}-Q7` }),
        admin.locations.create.mutate({
          kind: 'zone',
          code: `${number}-Z9`,
          name: 'Z9',
          parentId: warehouse?.id ?? null,
        }),
      ]),
    )
    await admin.lots.create.mutate({ productId: items[0]?.id ?? '', code: 'Q7' })
    await admin.locations.create.mutate({
      kind: 'zone',
      code: 'Z9',
      name: 'The last one',
      parentId: warehouse?.id ?? null,
    })
    await scan('Q7')
    await page.getByRole('heading', { level: 1, name: 'Lot Q7', exact: true }).waitFor()
    await scan('z9')
    await page.getByRole('heading', { level: 1, name: 'Location Z9', exact: true }).waitFor()
  })

  test.each([
    ['nothing has', 'NOTHING-1', 'Nothing has the code “NOTHING-1”.'],
    ['is misread', '(01)04006381333932', 'not valid GS1 data: its check digit is wrong.'],
    [
      'says another last good day than is known',
      '(01)04006381333931(17)270101(10)LOT42',
      'another expiry',
    ],
  ])('what %s is told, and the page stays', async (_what, code, told) => {
    await page.goto('/admin/partners')
    await scan(code)
    await page.getByText(told).waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/admin\/partners\/?$/)
  })

  test('of a code as long as a page its beginning is told, and nothing is cut off on a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto('/admin/partners')
    await scan('X'.repeat(500))
    await page.getByText(`Nothing has the code “${'X'.repeat(59)}…”.`).waitFor()
    expect((await cutOff(page)).filter((fault) => fault.includes('XXX'))).toEqual([])
  })
})
