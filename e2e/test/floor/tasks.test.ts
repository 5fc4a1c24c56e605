import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { operator, signIn, typeByHand } from '../../src/person.ts'
import { scan } from '../../src/scanner.ts'
import { labels, onHand, stockUp } from './stock.ts'

describeInBrowser('the five tasks by scanner', () => {
  let house: House
  let goods: Awaited<ReturnType<typeof stockUp>>
  let page: Page

  beforeAll(async () => {
    house = await openHouse()
    goods = await stockUp(house.server)
    page = await house.newPage()
    await signIn(page, '/', operator)
  })

  afterAll(async () => {
    expect(house.faults).toEqual([])
    await house[Symbol.asyncDispose]()
  })

  beforeEach(async () => {
    await page.goto('/#home')
  })

  const open = async (task: string) => {
    await page.getByRole('link', { name: task, exact: true }).click()
    await page.getByRole('textbox', { name: /^Scan/ }).waitFor()
  }
  const asked = (text: string) => page.getByText(text, { exact: true }).waitFor()
  const confirm = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const done = (text: string) =>
    page.getByRole('status').filter({ hasText: 'Done' }).filter({ hasText: text }).waitFor()

  const wrongCheckDigit = async (wanted: string) => {
    await scan(page, '4006381333932')
    await page
      .getByRole('alert')
      .filter({ hasText: 'Nobody knows “4006381333932”. (its check digit is wrong)' })
      .filter({ hasText: wanted })
      .waitFor()
  }

  test('receiving: goods, then the place, confirmed', async () => {
    const before = await onHand(house.server, goods.tea.id)
    await open('Receive')
    await asked('Scan a product.')
    await wrongCheckDigit('Scan a product.')
    await scan(page, labels.teaCase)
    await asked('Scan the place it goes to.')
    await page.getByText('= 12 × piece').waitFor()
    await scan(page, labels.otherShelf)
    await asked('Confirm, or clear.')
    await confirm('Receive')
    await done('Receive 1 × case Earl Grey, 20 bags into A-01-2')
    expect(await onHand(house.server, goods.tea.id)).toEqual({
      ...before,
      [labels.otherShelf]: (before[labels.otherShelf] ?? 0) + 12,
    })
  })

  test('receiving a new lot: one scan says goods, lot and expiry', async () => {
    await open('Receive')
    await scan(page, labels.milk)
    await page.getByText('M-2027').waitFor()
    await scan(page, labels.dock)
    await confirm('Receive')
    await done('Milk, 1 litre')
    const { items } = await house.server.operator.stock.levels.query({ productId: goods.milk.id })
    expect(items.map(({ lotCode, expiresOn, onHand }) => ({ lotCode, expiresOn, onHand }))).toEqual(
      expect.arrayContaining([{ lotCode: 'M-2027', expiresOn: '2027-12-31', onHand: 1 }]),
    )
  })

  test('moving: both places, then the goods, the quantity by keys', async () => {
    const before = await onHand(house.server, goods.tea.id)
    await open('Move')
    await scan(page, labels.shelf)
    await page.getByText('Scan a product.').waitFor()
    await scan(page, labels.dock)
    await scan(page, labels.tea)
    await page.getByRole('textbox', { name: 'Quantity' }).focus()
    await typeByHand(page, '12')
    await page.keyboard.press('Enter')
    await done('Move 12 × piece Earl Grey, 20 bags from A-01-1 to B-01-1')
    expect(await onHand(house.server, goods.tea.id)).toEqual({
      ...before,
      [labels.shelf]: before[labels.shelf]! - 12,
      [labels.dock]: (before[labels.dock] ?? 0) + 12,
    })
  })

  test('a quantity is typed and stepped to its end, and nothing takes the keys away', async () => {
    await open('Receive')
    await scan(page, labels.tea)
    await scan(page, labels.dock)
    await asked('Confirm, or clear.')
    const quantity = page.getByRole('textbox', { name: 'Quantity' })
    await quantity.focus()
    await typeByHand(page, '250')
    expect(await quantity.inputValue()).toBe('250')
    await page.getByRole('button', { name: 'One more' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    expect(await quantity.inputValue()).toBe('252')
    await page.getByRole('button', { name: 'Clear', exact: true }).click()
  })

  test('a space within a scan presses no button', async () => {
    const before = await onHand(house.server, goods.tea.id)
    await open('Ship')
    await scan(page, labels.shelf)
    await scan(page, labels.tea)
    await asked('Confirm, or clear.')
    const confirmation = page.getByRole('button', { name: 'Ship', exact: true })
    expect(await confirmation.evaluate((button) => button === document.activeElement)).toBe(true)
    await scan(page, 'NO 4711')
    await page
      .getByRole('alert')
      .filter({ hasText: 'Nobody knows “NO 4711”.' })
      .filter({ hasText: 'Confirm, or clear.' })
      .waitFor()
    expect(await onHand(house.server, goods.tea.id)).toEqual(before)
  })

  test('commands name the device as it is called now, and a device without a name none', async () => {
    const called = async (name: string) => {
      await page.goto('/#home')
      await page.getByText('Settings ·').click()
      await page.getByRole('textbox', { name: 'Name of this device' }).fill(name)
      await open('Receive')
      await scan(page, labels.tea)
      await scan(page, labels.dock)
      await confirm('Receive')
      await done('Receive 1 × piece Earl Grey, 20 bags')
      const { items } = await house.server.operator.movements.list.query({ limit: 1 })
      return items[0]?.deviceId
    }
    expect(await called('cart 7')).toBe('cart 7')
    expect(await called('')).toBeNull()
    await page.goto('/#home')
  })

  test('shipping with a Russian keyboard layout, and taking it back', async () => {
    const before = await onHand(house.server, goods.tea.id)
    await open('Ship')
    await scan(page, labels.shelf, 'russian')
    await scan(page, labels.teaCase, 'russian')
    await confirm('Ship')
    await done('Ship 1 × case Earl Grey, 20 bags from A-01-1')
    expect((await onHand(house.server, goods.tea.id))[labels.shelf]).toBe(
      before[labels.shelf]! - 12,
    )
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Taken back').waitFor()
    expect(await onHand(house.server, goods.tea.id)).toEqual(before)
  })

  test('shipping goods with lots: the place that the server suggests brings its lot', async () => {
    await open('Ship')
    await page.getByRole('textbox', { name: /^Scan/ }).fill('milk')
    await page.getByRole('button', { name: /^Milk, 1 litre/ }).click()
    await page
      .getByRole('region', { name: 'Where it lies' })
      .getByRole('button', { name: /M-2026/ })
      .click()
    await asked('Confirm, or clear.')
    await confirm('Ship')
    await done('Milk, 1 litre from B-01-1')
    const { items } = await house.server.operator.stock.levels.query({ lotId: goods.lot.id })
    expect(items).toMatchObject([{ onHand: 39 }])
  })

  test('more than there is: the refusal says how much there is, and waits for a decision', async () => {
    const before = await onHand(house.server, goods.tea.id)
    await open('Ship')
    await scan(page, labels.tea)
    await scan(page, labels.shelf)
    await page.getByRole('textbox', { name: 'Quantity' }).fill('5000')
    await confirm('Ship')
    await page.getByRole('alert').filter({ hasText: '5,000 wanted' }).waitFor()
    await page.getByRole('link', { name: 'Decide what to do' }).click()
    await page.getByRole('button', { name: 'Change the quantity' }).click()
    await page.getByRole('textbox', { name: 'New quantity' }).fill('3')
    await page.getByRole('button', { name: 'Send with this quantity' }).click()
    await page.getByText('Nothing to decide.').waitFor()
    await page.getByRole('heading', { name: 'Sent lately' }).waitFor()
    await expect
      .poll(async () => (await onHand(house.server, goods.tea.id))[labels.shelf])
      .toBe(before[labels.shelf]! - 3)
  })

  test('looking up goods and places, and being told what is wrong with a code', async () => {
    await open('Look up')
    await asked('Scan a product or a place.')
    await scan(page, labels.tea)
    await page.getByRole('heading', { name: /Earl Grey/ }).waitFor()
    await page.getByRole('cell', { name: 'A-01-1', exact: true }).waitFor()
    await page.getByRole('heading', { name: 'Last movements' }).waitFor()
    await scan(page, labels.dock)
    await page.getByRole('heading', { name: /B-01-1/ }).waitFor()
    await page.getByRole('cell', { name: 'Milk, 1 litre' }).first().waitFor()

    const held: Route[] = []
    await page.route(/stock\.history/, (route) => void held.push(route))
    await scan(page, labels.tea)
    await expect.poll(() => held).toHaveLength(1)
    await scan(page, labels.shelf)
    const shelf = page.getByRole('heading', { name: /A-01-1/ })
    await shelf.waitFor()
    // What fails late is about the scan before.
    const [late] = await Promise.all([
      page.waitForResponse(/stock\.history/),
      held[0]!.fulfill({ contentType: 'text/html', body: 'somebody else' }),
    ])
    await late.finished()
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)))
    expect(await page.getByRole('alert').count()).toBe(0)
    expect(await shelf.count()).toBe(1)
    await page.unroute(/stock\.history/)

    await wrongCheckDigit('Scan a product or a place.')
    await shelf.waitFor({ state: 'detached' })
  })

  test('counting blind: the line is scanned, what the book expects is nowhere', async () => {
    const check = await house.server.admin.checks.open.mutate({
      title: 'Shelves',
      scope: { locationIds: [goods.shelf.id, goods.otherShelf.id] },
    })
    const level = (await onHand(house.server, goods.tea.id))[labels.shelf]!
    await page.getByRole('link', { name: 'Count', exact: true }).click()
    await page.getByRole('button', { name: /Shelves/ }).click()
    await asked('Scan a place or a product of this check.')
    await page.getByText('To count: 2 of 2').waitFor()
    await wrongCheckDigit('Scan a place or a product of this check.')
    await scan(page, labels.shelf)
    await page.getByText('Count, and enter how many there are.').waitFor()
    expect(await page.getByRole('main').textContent()).not.toContain(String(level))
    await page.getByRole('textbox', { name: 'Quantity' }).fill(String(level - 1))
    await confirm('Counted')
    await page.getByText('To count: 1 of 2').waitFor()
    await page.getByRole('button', { name: /^A-01-2/ }).click()
    await page.getByRole('textbox', { name: 'Quantity' }).fill('0')
    await confirm('Counted')
    await page.getByText('To count: 0 of 2').waitFor()
    await page.getByRole('button', { name: 'Finish the round' }).click()
    await page.getByRole('button', { name: 'Yes, finish the round' }).click()
    await page.getByText('An administrator reviews it.').waitFor()
    const { items } = await house.server.admin.checks.lines.query({ checkId: check.id })
    expect(items.map(({ locationCode, counted }) => [locationCode, counted])).toEqual([
      [labels.shelf, level - 1],
      [labels.otherShelf, 0],
    ])
  })
})
