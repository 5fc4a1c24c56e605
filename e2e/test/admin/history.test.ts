import { makeBins, makeProduct, receive } from '@stockbook/server/src/testing/warehouse.ts'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { signIn } from '../../src/person.ts'
import { rowWith } from './table.ts'

describeInBrowser('what became of a row, in the admin panel', () => {
  let house: House
  let page: Page
  beforeAll(async () => {
    house = await openHouse()
    page = await house.newPage()
    await signIn(page, '/admin')
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  const cellsOf = (field: string) =>
    page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: field, exact: true }) })
      .filter({ hasNot: page.getByRole('table') })
      .first()
      .getByRole('cell')
      .allInnerTexts()

  test('a change is told in the form in which the field is shown elsewhere', async () => {
    const { admin } = house.server
    const tea = await admin.categories.create.mutate({ name: 'Tea' })
    const product = await makeProduct(admin, {
      name: 'Sencha',
      unitPrice: '18',
      reorderPoint: 900,
      packagings: [{ name: 'case', factor: 12 }],
    })
    await admin.products.update.mutate({
      id: product.id,
      unitPrice: '1250.5',
      reorderPoint: 12_000,
      categoryId: tea.id,
      tracking: 'lot',
      packagings: [{ name: 'pallet', factor: 480 }],
    })
    await page.goto(`/admin/products/${product.id}/show/history`)
    await page.getByRole('link', { name: 'Tea', exact: true }).waitFor()
    expect(await cellsOf('Price')).toEqual(['18.00', '1,250.50'])
    expect(await cellsOf('Reorder point')).toEqual(['900', '12,000'])
    expect(await cellsOf('Category')).toEqual(['—', 'Tea'])
    expect(await cellsOf('Tracking')).toEqual(['none', 'by lot'])
    const packagings = await page
      .getByRole('row', { name: /^Packagings/ })
      .first()
      .innerText()
    expect(packagings).toMatch(/case\s+12[^]*pallet\s+480/)
    expect(await page.getByText(/12\.5000|1250\.5000|\d\dT\d\d:/).count()).toBe(0)
    expect(await page.getByText(tea.id).count()).toBe(0)

    const lot = await admin.lots.create.mutate({
      productId: product.id,
      code: 'SPRING',
      expiresOn: '2031-03-31',
    })
    await admin.lots.archive.mutate({ id: lot.id })
    const { archivedAt } = await admin.lots.get.query({ id: lot.id })
    await page.goto(`/admin/lots/${lot.id}/show/history`)
    await page.getByRole('link', { name: 'Sencha' }).waitFor()
    const inBerlin = new Intl.DateTimeFormat('en-GB', {
      dateStyle: 'medium',
      timeStyle: 'short',
      timeZone: 'Europe/Berlin',
    })
    expect(await cellsOf('Archived since')).toEqual(['—', inBerlin.format(archivedAt ?? undefined)])
    expect(await cellsOf('Last good day')).toEqual(['—', '31 Mar 2031'])
  })

  test('why a command was refused is told in a sentence, in the language of the person', async () => {
    const { admin, operator } = house.server
    const [bin] = await makeBins(admin, 1)
    const rye = await makeProduct(admin, { name: 'Rye' })
    const shipped = operator.movements.post.mutate({
      commandId: crypto.randomUUID(),
      lines: [{ type: 'outgoing', productId: rye.id, quantity: 3, fromLocationId: bin }],
    })
    await expect(shipped).rejects.toMatchObject({ code: 'INSUFFICIENT_STOCK' })
    const russian = await house.newPage({ locale: 'ru-RU' })
    await signIn(russian, '/admin')
    for (const [own, sentence] of [
      [page, 'Not enough stock at the source location.'],
      [russian, 'Товара не хватает.'],
    ] as const) {
      await own.goto('/admin/audit?filter={}')
      await rowWith(own, 'movements.post').first().getByRole('button').press('Enter')
      await own.getByText(sentence).waitFor()
      expect(await own.getByText(/INSUFFICIENT_STOCK|%\{/).count()).toBe(0)
    }
  })

  test('counts and lines of a check are named by the check, the goods and the place', async () => {
    const { admin, operator } = house.server
    const [bin, other] = await makeBins(admin, 2)
    const oats = await makeProduct(admin, { name: 'Oats' })
    await receive(operator, oats.id, bin, 7)
    const check = await admin.checks.open.mutate({
      title: 'Oat shelf',
      scope: { productIds: [oats.id] },
    })
    const { items } = await operator.checks.lines.query({ checkId: check.id })
    await operator.checks.addLine.mutate({
      checkId: check.id,
      productId: oats.id,
      locationId: other,
    })
    await operator.checks.count.mutate({
      commandId: crypto.randomUUID(),
      lineId: items[0]?.id ?? '',
      quantity: 7,
    })
    const { code } = await admin.locations.get.query({ id: bin })
    const { code: otherCode } = await admin.locations.get.query({ id: other })
    await page.goto('/admin')
    const changes = page.getByRole('region', { name: 'Last changes' })
    await changes.getByRole('link', { name: `Count Oat shelf, Oats, ${code}` }).waitFor()
    await changes
      .getByRole('link', { name: `Line of a check Oat shelf, Oats, ${otherCode}` })
      .click()
    await page.getByRole('heading', { level: 1, name: 'Oat shelf' }).waitFor()

    // Nothing was said about variances: no per cents are made of that.
    await page.getByText('Only a count of exactly what is expected is accepted.').waitFor()
    expect(await page.getByText('0 %').count()).toBe(0)

    await page.goto('/admin/audit?filter={}')
    const opened = rowWith(page, 'checks.open')
    await opened.getByRole('link', { name: 'Inventory check Oat shelf' }).waitFor()
    await opened.getByRole('button').click()
    await page.getByRole('row', { name: 'Scope — Product: Oats', exact: true }).waitFor()
    expect(await cellsOf('Opened by')).toEqual(['—', 'anton'])
    await rowWith(page, 'checks.count').getByRole('link', { name: 'Count Oat shelf' }).click()
    await page.getByRole('heading', { level: 1, name: 'Oat shelf' }).waitFor()
  })
})
