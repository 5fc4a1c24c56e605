import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../../src/accessibility.ts'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { operator, signIn } from '../../src/person.ts'
import { scan } from '../../src/scanner.ts'
import { labels, stockUp } from './stock.ts'

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

  test.each(['light', 'dark'] as const)(
    'can be used by everybody, and fits a phone of 360 pixels, in %s colours',
    async (colorScheme) => {
      const page = await house.newPage({ colorScheme, viewport: { width: 360, height: 740 } })
      const faults: string[] = []
      const look = async (name: string) => {
        faults.push(...(await accessibilityFaults(page)).map((fault) => `${name}: ${fault}`))
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        if (width > 360) faults.push(`${name}: is ${width} pixels wide`)
        const { SCREENSHOTS } = process.env
        if (SCREENSHOTS)
          await page.screenshot({
            path: `${SCREENSHOTS}/${name}-${colorScheme}.png`,
            fullPage: true,
          })
      }
      await page.goto('/')
      await page.getByRole('button', { name: 'Sign in' }).waitFor()
      await look('signIn')
      await signIn(page, '/', operator)
      await page.getByRole('link', { name: 'Ship', exact: true }).waitFor()
      await page.getByText('Settings').click()
      await look('home')
      for (const task of ['receive', 'move', 'ship']) {
        await page.goto(`/#${task}`)
        await page.getByText('Scan a product.', { exact: true }).waitFor()
        await scan(page, labels.tea)
        await page.getByRole('region', { name: 'Where it lies' }).waitFor()
        await look(task)
      }
      await scan(page, labels.zone)
      await page.getByRole('alert').filter({ hasText: 'is no bin' }).waitFor()
      await look('wrong')
      await page.goto('/#count')
      await page.getByRole('button', { name: /Shelves/ }).click()
      await page.getByRole('button', { name: /^A-01-1/ }).click()
      await look('count')
      await page.goto('/#lookup')
      await page.getByText('Scan a product or a place.', { exact: true }).waitFor()
      await scan(page, labels.tea)
      await page.getByRole('heading', { name: 'Last movements' }).waitFor()
      await look('lookup')
      await page.goto('/#inbox')
      await page.getByText('Nothing to decide.').waitFor()
      await look('inbox')
      expect(faults).toEqual([])
    },
  )

  test('speaks Russian to who wants it', async () => {
    const page = await house.newPage({ locale: 'ru-RU' })
    await signIn(page, '/', operator)
    await page.getByRole('link', { name: 'Приёмка', exact: true }).click()
    await page.getByText('Сканируйте товар.', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Все задачи' }).click()
    await page.getByText('Настройки').click()
    await page.getByRole('combobox', { name: 'Язык' }).selectOption('en')
    await page.getByRole('link', { name: 'Receive', exact: true }).waitFor()
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
