import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { operator, typeByHand } from '../../src/person.ts'
import { labels, onHand, stockUp } from './stock.ts'

describeInBrowser('a day on the floor by keys alone, on a small phone', () => {
  let house: House
  let goods: Awaited<ReturnType<typeof stockUp>>
  let page: Page

  beforeAll(async () => {
    house = await openHouse()
    goods = await stockUp(house.server)
    await house.server.admin.checks.open.mutate({
      title: 'Dock',
      scope: { locationIds: [goods.dock.id] },
    })
    page = await house.newPage({ viewport: { width: 360, height: 640 } })
  })

  afterAll(async () => {
    expect(house.faults).toEqual([])
    await house[Symbol.asyncDispose]()
  })

  /** What has the focus, how far it can be seen, and whether it shows that it has it. */
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLElement
      const { left, top, width, height } = element.getBoundingClientRect()
      const under = document.elementFromPoint(left + width / 2, top + height / 2)
      return {
        name: element.getAttribute('aria-label') ?? element.innerText.trim(),
        label: element.closest('label')?.innerText.trim() ?? '',
        isSeen: under !== null && (element.contains(under) || under.contains(element)),
        isHeading: element.localName === 'h1',
        hasRing: getComputedStyle(element).outlineStyle === 'solid',
      }
    })

  /** Goes on with Tab to what has this name. Everything on the way is seen and has a ring. */
  async function tabTo(name: RegExp, most = 30): Promise<void> {
    for (let press = 0; press < most; press++) {
      await page.keyboard.press('Tab')
      const at = await focused()
      if (at.name !== '' || at.label !== '') {
        expect(at, at.name).toMatchObject({ isSeen: true, hasRing: true })
      }
      if (name.test(at.name) || name.test(at.label)) return
    }
    throw new Error(`Tab did not come to ${name}`)
  }
  const scanField = 'Scan, or type a code or a name'
  const type = (text: string) => typeByHand(page, text)
  const press = (key: string) => page.keyboard.press(key)
  const asked = (text: string) => page.getByText(text, { exact: true }).waitFor()
  const find = async (text: string) => {
    await type(text)
    await press('Enter')
  }
  async function open(task: RegExp): Promise<void> {
    // A key that comes before the page is there finds what is about to go.
    await page.getByRole('link', { name: task }).waitFor()
    await tabTo(task)
    await press('Enter')
  }

  test('signing in', async () => {
    await page.goto('/')
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    await tabTo(/^User name/)
    await type(operator.username)
    await tabTo(/^Password/)
    await type(operator.password)
    await press('Enter')
    await page.getByRole('link', { name: 'Receive', exact: true }).waitFor()
    await page.waitForLoadState('networkidle')
  })

  test('receiving, and taking it back with the next keys', async () => {
    const before = await onHand(house.server, goods.tea.id)
    await open(/Receive/)
    await asked('Scan a product.')
    await tabTo(/^Scan, or type/)
    await find(labels.tea)
    await asked('Scan the place it goes to.')
    await find(labels.otherShelf)
    await asked('Confirm, or clear.')
    expect(await focused()).toMatchObject({ name: 'Receive', isSeen: true, hasRing: true })
    const held: Route[] = []
    await page.route(/movements\.post/, (route) => void held.push(route))
    await press('Enter')
    // What counts the commands that wait goes with the last of them, and had the focus.
    const count = page.getByRole('link', { name: 'Waiting to be sent: 1' })
    await count.waitFor()
    await press('Shift+Tab')
    expect(await focused()).toMatchObject({ name: 'Waiting to be sent: 1', hasRing: true })
    await expect.poll(() => held).toHaveLength(1)
    await held[0]!.continue()
    await page.getByText('Done').waitFor()
    await count.waitFor({ state: 'detached' })
    expect(await focused()).toMatchObject({ name: 'Receive', isHeading: true, isSeen: true })
    await page.unroute(/movements\.post/)
    await press('Tab')
    expect(await focused()).toMatchObject({ name: 'Undo', isSeen: true, hasRing: true })
    await press('Enter')
    await page.getByText('Taken back').waitFor()
    await expect.poll(() => onHand(house.server, goods.tea.id)).toEqual(before)
  })

  test('counting: the line is chosen and the number typed, in sight all the time', async () => {
    await page.goto('/#home')
    await open(/Count/)
    await asked('Choose a check.')
    await tabTo(/^Dock/)
    await press('Enter')
    await asked('Scan a place or a product of this check.')
    await tabTo(/B-01-1/)
    await press('Enter')
    await asked('Count, and enter how many there are.')
    expect(await focused()).toMatchObject({ name: 'Quantity', isSeen: true, hasRing: true })
    await type('39')
    await press('Enter')
    const result = page.getByRole('status').filter({ hasText: 'Count of 39' })
    await result.filter({ hasText: 'Done' }).waitFor()
    await tabTo(/^Finish the round/)
    await press('Enter')
    await press('Enter')
    await page.getByText('All is counted. An administrator reviews it.').waitFor()
  })

  test('a refused shipment: another quantity with the next keys', async () => {
    await page.goto('/#home')
    await open(/Ship/)
    await asked('Scan a product.')
    await tabTo(/^Scan, or type/)
    await type('earl')
    await tabTo(/^Earl Grey/)
    await press('Enter')
    await asked('Scan the place it comes from.')
    expect(await focused()).toMatchObject({ name: scanField, isSeen: true, hasRing: true })
    await type('A-01')
    await tabTo(/^A-01-1/)
    await press('Enter')
    await asked('Confirm, or clear.')
    for (let back = 0; back < 5 && (await focused()).name !== 'Quantity'; back++) {
      await press('Shift+Tab')
    }
    await type('9000')
    await press('Enter')
    await page.getByRole('alert').filter({ hasText: '9,000 wanted' }).waitFor()
    await press('Tab')
    expect(await focused()).toMatchObject({ name: 'Decide what to do', isSeen: true })
    await press('Enter')
    await asked('The server refused these. Nothing of them is in the book.')
    await tabTo(/^Change the quantity/)
    await press('Enter')
    expect(await focused()).toMatchObject({ label: 'New quantity', isSeen: true, hasRing: true })
    await find('3')
    await page.getByText('Nothing to decide.').waitFor()
  })
})
