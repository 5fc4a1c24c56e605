import { en } from '@stockbook/floor/src/messages/en.ts'
import { ru } from '@stockbook/floor/src/messages/ru.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../../src/accessibility.ts'
import { describeInBrowser } from '../../src/browser.ts'
import { cutOff } from '../../src/cutOff.ts'
import { type House, openHouse } from '../../src/house.ts'
import { operator, signIn } from '../../src/person.ts'
import { scan } from '../../src/scanner.ts'
import { labels, stockUp } from './stock.ts'

const phone = { width: 360, height: 740 }

const desktop = { width: 1280, height: 800 }

describeInBrowser('every page of the floor', () => {
  let house: House

  beforeAll(async () => {
    house = await openHouse()
    const goods = await stockUp(house.server)
    await house.server.admin.checks.open.mutate({
      title: 'Shelves',
      scope: { locationIds: [goods.shelf.id] },
    })
  })

  afterAll(async () => {
    expect(house.faults).toEqual([])
    await house[Symbol.asyncDispose]()
  })

  test.each([
    ['light', 'en-GB', en],
    ['dark', 'en-GB', en],
    ['light', 'ru-RU', ru],
    ['dark', 'ru-RU', ru],
  ] as const)(
    'can be used by everybody, and is seen whole on a small phone and on a desktop: %s colours, %s',
    async (colorScheme, locale, words) => {
      const page = await house.newPage({ colorScheme, locale, viewport: phone })
      const faults: string[] = []
      const look = async (name: string) => {
        const found = await accessibilityFaults(page)
        for (const size of [desktop, phone]) {
          await page.setViewportSize(size)
          found.push(...(await cutOff(page)).map((fault) => `at ${size.width} pixels ${fault}`))
        }
        faults.push(...found.map((fault) => `${name}: ${fault}`))
      }
      const asked = (text: string) => page.getByText(text, { exact: true }).waitFor()
      await page.goto('/')
      await page.getByRole('button', { name: words.signIn.submit }).waitFor()
      await look('signIn')
      await signIn(page, '/', operator)
      await page.getByRole('link', { name: words.home.ship, exact: true }).waitFor()
      await page.getByText(words.home.settings).click()
      await look('home')
      for (const task of ['receive', 'move', 'ship'] as const) {
        await page.goto(`/#${task}`)
        await asked(words.want.product)
        await scan(page, labels.tea)
        await page.getByRole('region', { name: words.fields.whereItLies }).waitFor()
        await look(task)
      }
      await scan(page, labels.zone)
      await page
        .getByRole('alert')
        .filter({ hasText: words.wrong.noBin(labels.zone) })
        .waitFor()
      await look('wrong')
      await scan(page, labels.shelf)
      await page.getByRole('textbox', { name: words.fields.quantity }).fill('7000')
      await page.getByRole('button', { name: words.confirm.ship, exact: true }).click()
      await page.getByRole('link', { name: words.result.toInbox }).waitFor()
      await look('refused')
      await page.getByRole('link', { name: words.result.toInbox }).click()
      await page.getByRole('button', { name: words.inbox.replace }).click()
      await look('inbox')
      await page.goto('/#count')
      await page.getByRole('button', { name: /Shelves/ }).click()
      await page.getByRole('button', { name: /^A-01-1/ }).click()
      await look('count')
      await page.goto('/#lookup')
      await asked(words.lookup.scan)
      await scan(page, labels.tea)
      await page.getByRole('heading', { name: words.lookup.movements }).waitFor()
      await look('lookup')
      await scan(page, labels.dock)
      const heading = page.getByRole('columnheader', { name: words.fields.product })
      await heading.waitFor()
      await look('lookup of a place')
      expect(await heading.evaluate(linesOf)).toBe(1)
      await page.context().setOffline(true)
      await page.getByText(words.header.offline).waitFor()
      await look('offline')
      expect(faults).toEqual([])
    },
  )

  test('a wrong scan is loud: it sounds and shakes, says what it was and what was expected, and changes nothing', async () => {
    const page = await house.newPage()
    // The first of the two tones and the pattern of the motor, as they are asked for.
    await page.addInitScript(() => {
      const heard: unknown[] = []
      Object.assign(globalThis, { heard })
      navigator.vibrate = (pattern) => heard.push(pattern) > 0
      const start = OscillatorNode.prototype.start
      OscillatorNode.prototype.start = function (this: OscillatorNode, when) {
        heard.push(`${this.type} ${this.frequency.value}`)
        start.call(this, when)
      }
    })
    const heard = () => page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard)
    await signIn(page, '/', operator)
    await page.getByRole('link', { name: 'Move', exact: true }).click()
    await page.getByText('Scan a product.', { exact: true }).waitFor()
    await scan(page, labels.tea)
    await scan(page, labels.shelf)
    await page.getByText('Scan the place it goes to.', { exact: true }).waitFor()
    const taken = (await heard()).length

    const refused = async (code: string, text: string) => {
      await scan(page, code)
      const alert = page.getByRole('alert').filter({ hasText: text })
      await alert.filter({ hasText: 'Scan the place it goes to.' }).waitFor()
    }
    await refused('9506000134352', 'This is another product: Milk, 1 litre.')
    const sounds = (await heard()).slice(taken)
    expect(sounds).toContainEqual([200, 80, 200])
    expect(sounds).toContainEqual('square 196')
    await refused('NEVER-SEEN', 'Nobody knows “NEVER-SEEN”.')
    await refused(labels.shelf, 'The goods are at A-01-1 already.')
    await refused(labels.zone, 'ZONE-A is no bin, and only bins hold goods.')
    expect(await page.getByRole('textbox', { name: 'Quantity' }).inputValue()).toBe('1')
    await scan(page, labels.dock)
    await page.getByText('Confirm, or clear.', { exact: true }).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  test('speaks Russian to who wants it', async () => {
    const page = await house.newPage({ locale: 'ru-RU' })
    await signIn(page, '/', operator)
    await page.getByRole('link', { name: 'Приёмка', exact: true }).click()
    await page.getByText('Сканируйте товар.', { exact: true }).waitFor()
    await page.waitForLoadState('networkidle')
    await scan(page, '4006381333932')
    const alert = page.getByRole('alert')
    await alert.filter({ hasText: 'контрольная цифра неверна' }).waitFor()
    await scan(page, '(01)9506000134352')
    await alert.filter({ hasText: 'слишком короток или длинен: (01), символ 5' }).waitFor()
    await scan(page, '(01)09506000134352(17)281231(10)M-2026')
    await alert.filter({ hasText: '(M-2026: 30 июн. 2027 г. / 31 дек. 2028 г.)' }).waitFor()
    await page.getByRole('link', { name: 'Все задачи' }).click()
    await page.getByText('Настройки').click()
    await page.getByRole('combobox', { name: 'Язык' }).selectOption('en')
    await page.getByRole('link', { name: 'Receive', exact: true }).waitFor()
  })

  test('a part that cannot be loaded leaves the page standing, and says what helps', async () => {
    const page = await house.newPage({ serviceWorkers: 'block' })
    await page.route(/assets\/(CountPage|Camera)/, (route) => route.fulfill({ status: 404 }))
    const expected = house.faults.length
    await signIn(page, '/', operator)
    await page.getByRole('link', { name: 'Count', exact: true }).click()
    await page.getByText('This part of the page could not be opened.').waitFor()
    await page.getByRole('link', { name: 'All tasks' }).click()
    await page.getByRole('link', { name: 'Receive', exact: true }).click()
    await page.getByRole('button', { name: 'Camera' }).click()
    await page.getByText('This part of the page could not be opened.').waitFor()
    await page.getByText('Scan a product.', { exact: true }).waitFor()
    await page.unroute(/assets\/(CountPage|Camera)/)
    await page.getByRole('button', { name: 'Open the page again' }).click()
    await page.getByRole('button', { name: 'Camera' }).click()
    await page.getByRole('alert').filter({ hasText: 'The camera cannot be used.' }).waitFor()
    expect(house.faults.slice(expected)).toEqual([])
  })

  test('ignores the same code within two seconds, and says so', async () => {
    const page = await house.newPage()
    await signIn(page, '/', operator)
    await page.getByRole('link', { name: 'Receive', exact: true }).click()
    await page.getByText('Scan a product.', { exact: true }).waitFor()
    await scan(page, labels.tea)
    await scan(page, labels.tea)
    await page.getByText('The same code again').waitFor()
    expect(await page.getByRole('textbox', { name: 'Quantity' }).inputValue()).toBe('1')
  })
})

/** Over how many lines a text goes. */
function linesOf(element: Element): number {
  const text = document.createRange()
  text.selectNodeContents(element)
  return text.getClientRects().length
}
