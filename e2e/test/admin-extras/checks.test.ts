import { testPassword } from '@stockbook/server/src/testing/testServer.ts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { accessibilityFaults } from '../../src/accessibility.ts'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { administrator, operator, type Person, signIn } from '../../src/person.ts'
import { scan } from '../../src/scanner.ts'

/** A number that stands nowhere else: not in a price, a time or an id of a page. */
const expected = 42_176

const phone = { width: 390, height: 800 }

// Several people sign in one after another: on a busy machine that takes longer than other tests.
vi.setConfig({ testTimeout: 180_000 })

describeInBrowser('an inventory check from opening to approval, by several people', () => {
  let house: House
  let productId: string
  let checkAddress: string

  const petra: Person = { username: 'petra', password: testPassword }
  const ina: Person = { username: 'ina', password: testPassword }

  beforeAll(async () => {
    house = await openHouse()
    const { admin, signInAs } = house.server
    await signInAs(petra.username, 'operator')
    await signInAs(ina.username, 'admin')
    const warehouse = await admin.locations.create.mutate({
      kind: 'warehouse',
      code: 'MAIN',
      name: 'Main',
    })
    const shelf = await admin.locations.create.mutate({
      kind: 'bin',
      code: 'A-01',
      name: 'First shelf',
      parentId: warehouse.id,
    })
    const bolt = await admin.products.create.mutate({
      sku: 'BOLT-M8',
      name: 'Bolt M8',
      baseUnit: 'piece',
      unitCost: '3.50',
    })
    productId = bolt.id
    await admin.movements.post.mutate({
      lines: [{ type: 'incoming', productId, toLocationId: shelf.id, quantity: expected }],
    })
  })

  afterAll(async () => {
    expect(house.faults).toEqual([])
    await house[Symbol.asyncDispose]()
  })

  const onHand = async () =>
    (await house.server.admin.stock.levels.query({ productId })).items.map((level) => level.onHand)

  /** A page of somebody, and everything that the server's calls answered it. */
  async function floorOf(person: Person): Promise<{ page: Page; answers: string[] }> {
    const page = await house.newPage({ viewport: phone })
    const answers: string[] = []
    page.on('response', (response) => {
      if (!new URL(response.url()).pathname.startsWith('/rpc')) return
      void response.text().then(
        (text) => answers.push(text),
        // The page went on before the answer was read: nobody saw it.
        () => {},
      )
    })
    await signIn(page, '/', person)
    return { page, answers }
  }

  async function count(page: Page, title: string, quantity: number) {
    await page.goto('/#count')
    await page.getByRole('button', { name: title }).click()
    await page.getByText('Scan a place or a product of this check.', { exact: true }).waitFor()
    await scan(page, 'A-01')
    await page.getByRole('textbox', { name: 'Quantity' }).fill(String(quantity))
    await page.getByRole('button', { name: 'Counted', exact: true }).click()
  }

  async function finishRound(page: Page) {
    await page.getByText('To count: 0 of 1').waitFor()
    await page.getByRole('button', { name: 'Finish the round' }).click()
    await page.getByRole('button', { name: 'Yes, finish the round' }).click()
  }

  async function openCheck(page: Page, title: string) {
    await page.goto('/admin/checks/create')
    await page.getByRole('textbox', { name: 'Title' }).fill(title)
    await page.getByRole('textbox', { name: 'Accepted up to, %' }).fill('2')
    await page.getByRole('textbox', { name: 'and up to this value' }).fill('20,00')
    await page.getByRole('textbox', { name: 'Recount up to, %' }).fill('5')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: title, level: 2 }).waitFor()
    checkAddress = new URL(page.url()).pathname
  }

  test('the operator counts blind, another one counts again, the administrator approves, and the level is right', async () => {
    const panel = await house.newPage()
    await signIn(panel, '/admin', administrator)
    await openCheck(panel, 'Autumn count')
    await panel.getByText('0 of 1 lines counted').waitFor()
    await panel.getByText('Accepted up to 2 % and 20.00 in money. Up to 5 % another').waitFor()

    const olga = await floorOf(operator)
    await count(olga.page, 'Autumn count', expected - 1_000)
    await finishRound(olga.page)
    await olga.page.getByText('Some lines must be counted again by somebody else.').waitFor()
    // Who counted a line is not the one who counts it again.
    await olga.page.getByRole('button', { name: /^A-01/ }).click()
    await olga.page.getByRole('textbox', { name: 'Quantity' }).fill(String(expected - 1))
    await olga.page.getByRole('button', { name: 'Counted', exact: true }).click()
    await olga.page
      .getByRole('alert')
      .filter({ hasText: 'Somebody else must count this again' })
      .waitFor()
    // Nor does the panel tell her more than the floor does.
    await olga.page.goto(checkAddress)
    await olga.page.getByRole('heading', { name: 'Autumn count', level: 2 }).waitFor()
    await olga.page.getByRole('cell', { name: 'A-01', exact: true }).waitFor()
    expect(await olga.page.getByRole('columnheader', { name: 'Expected' }).count()).toBe(0)

    const second = await floorOf(petra)
    await count(second.page, 'Autumn count', expected - 1)
    await finishRound(second.page)
    await second.page.getByText('An administrator reviews it.').waitFor()

    for (const { page, answers } of [olga, second]) {
      await page.waitForLoadState('networkidle')
      expect(answers.some((answer) => answer.includes('Autumn count'))).toBe(true)
      expect(answers.filter((answer) => answer.includes(String(expected)))).toEqual([])
    }
    // Nor has anybody but herself heard her first number.
    expect(second.answers.filter((answer) => answer.includes(String(expected - 1_000)))).toEqual([])
    expect(await onHand()).toEqual([expected])

    await panel.reload()
    await panel.getByRole('row', { name: /A-01.*42,175.*42,176.*-1\b/ }).waitFor()
    await panel.getByRole('button', { name: 'Approve and post' }).click()
    const dialog = panel.getByRole('dialog', { name: 'Approve and post' })
    await dialog.getByRole('button', { name: 'Approve and post' }).dblclick()
    await panel.getByText('1 adjustment was posted.').waitFor()
    expect(await onHand()).toEqual([expected - 1])
    await panel.getByRole('link', { name: 'Show the movements' }).click()
    await panel.getByRole('cell', { name: 'Bolt M8' }).waitFor()
    const { items } = await house.server.admin.movements.list.query({ type: 'adjustment' })
    expect(items).toMatchObject([{ quantity: 1, productId }])
  })

  test('an administrator who counted does not approve: the panel says so, and another one does it', async () => {
    const before = await onHand()
    const panel = await house.newPage()
    await signIn(panel, '/admin', ina)
    await openCheck(panel, 'Count by Ina')
    const floor = await house.newPage({ viewport: phone })
    await signIn(floor, '/', ina)
    await count(floor, 'Count by Ina', 30_000)
    await finishRound(floor)
    await floor.getByText('An administrator reviews it.').waitFor()

    await panel.reload()
    await panel.getByText('somebody else must approve it').waitFor()
    expect(await panel.getByRole('button', { name: 'Approve and post' }).isDisabled()).toBe(true)
    expect(await onHand()).toEqual(before)

    const other = await house.newPage()
    await signIn(other, '/admin', administrator)
    await other.goto(checkAddress)
    await other.getByText('Counted by: ina').waitFor()
    await other.getByRole('button', { name: 'Approve and post' }).click()
    const dialog = other.getByRole('dialog', { name: 'Approve and post' })
    await dialog.getByRole('button', { name: 'Approve and post' }).click()
    await other.getByText('1 adjustment was posted.').waitFor()
    expect(await onHand()).toEqual([30_000])
  })

  test.each(['light', 'dark'] as const)('can be used by everybody, in %s', async (theme) => {
    const { admin, operator: counter } = house.server
    const open = await admin.checks.open.mutate({ title: `Open ${theme}`, scope: {} })
    const review = await admin.checks.open.mutate({ title: `Review ${theme}`, scope: {} })
    const { items } = await admin.checks.lines.query({ checkId: review.id })
    await counter.checks.count.mutate({ lineId: items[0]?.id ?? '', quantity: 7 })
    await counter.checks.submit.mutate({ id: review.id })

    const page = await house.newPage({ colorScheme: theme })
    await signIn(page, '/admin')
    const found: string[] = []
    const look = async (name: string) => {
      for (const fault of await accessibilityFaults(page)) found.push(`${name}: ${fault}`)
    }
    await page.goto('/admin/checks/create')
    await page.getByRole('textbox', { name: 'Title' }).waitFor()
    await look('create')
    for (const address of [`/admin/checks/${open.id}/show`, `/admin/checks/${review.id}/show`]) {
      await page.goto(address)
      await page.getByRole('cell', { name: 'A-01', exact: true }).waitFor()
      await look(address)
    }
    await page.getByRole('button', { name: 'Approve and post' }).click()
    await page.getByRole('dialog').waitFor()
    await look('approve')
    await page.goto(checkAddress)
    await page.getByRole('heading', { name: 'Accuracy' }).waitFor()
    await look('posted')
    expect(found).toEqual([])
  })
})
