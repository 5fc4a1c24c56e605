import { readFile } from 'node:fs/promises'
import { PDFDocument } from 'pdf-lib'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../../src/accessibility.ts'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { signIn } from '../../src/person.ts'
import { readSymbols } from './readSymbols.ts'

describeInBrowser('labels in the admin panel', () => {
  let house: House
  let page: Page

  beforeAll(async () => {
    house = await openHouse()
    const { admin } = house.server
    await admin.products.create.mutate({
      sku: 'TEA-EG',
      name: 'Earl Grey',
      baseUnit: 'box',
      packagings: [{ name: 'case', factor: 12 }],
      codes: [
        { type: 'gtin', code: '4006381333931' },
        { type: 'own', code: 'TEA-CASE', packaging: 'case' },
      ],
    })
    await admin.products.create.mutate({ sku: 'OAT-7', name: 'Rolled oats', baseUnit: 'bag' })
    // Dots as fine as those of a printer, for the scanner.
    page = await house.newPage({ deviceScaleFactor: 4, viewport: { width: 1280, height: 900 } })
    await signIn(page, '/admin')
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  const preview = () => page.getByRole('img', { name: 'Preview of the page' })

  async function labelsOfBothProducts(where: Page) {
    await where.goto('/admin/products')
    await where.getByRole('checkbox', { name: 'Select Earl Grey' }).check()
    await where.getByRole('checkbox', { name: 'Select Rolled oats' }).check()
    await where.getByRole('button', { name: 'Labels' }).click()
    await where.getByRole('img', { name: 'Preview of the page' }).waitFor()
  }

  async function choose(field: string, option: string) {
    await page.getByRole('combobox', { name: field }).click()
    await page.getByRole('option', { name: option }).click()
  }

  async function pdf() {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download PDF' }).click()
    const bytes = await readFile(await (await download).path())
    return PDFDocument.load(bytes)
  }

  test('the chosen products come as labels that a scanner reads as their codes', async () => {
    await labelsOfBothProducts(page)
    await page.getByText('2 labels').waitFor()
    expect(await readSymbols(await preview().screenshot())).toEqual([
      'Code128 OAT-7',
      'EAN13 4006381333931',
    ])
    await choose('Symbol', 'QR code')
    expect(await readSymbols(await preview().screenshot())).toEqual([
      'QRCode 4006381333931',
      'QRCode OAT-7',
    ])
  })

  test('packagings have labels of their own, with their own codes', async () => {
    await labelsOfBothProducts(page)
    await choose('For products', 'both')
    await page.getByText('3 labels').waitFor()
    expect(await readSymbols(await preview().screenshot())).toContain('Code128 TEA-CASE')
  })

  test('the PDF has as many pages of that paper as the labels need, from the first free place', async () => {
    await labelsOfBothProducts(page)
    const copies = page.getByRole('spinbutton', { name: 'Copies of each' })
    await copies.fill('12')
    const sheet = await pdf()
    expect(sheet.getPageCount()).toBe(1)
    const { width, height } = sheet.getPage(0).getSize()
    expect([Math.round(width), Math.round(height)]).toEqual([595, 842])

    await page.getByRole('spinbutton', { name: 'First free label of the sheet' }).fill('2')
    await page.getByText('Page 1 of 2').waitFor()
    expect((await pdf()).getPageCount()).toBe(2)
    await page.getByRole('button', { name: 'Next page' }).click()
    expect(await readSymbols(await preview().screenshot())).toHaveLength(1)

    await choose('Paper', 'Roll, 58 × 40 mm')
    await copies.fill('2')
    const roll = await pdf()
    expect(roll.getPageCount()).toBe(4)
    expect(Math.round(roll.getPage(3).getWidth())).toBe(Math.round((58 / 25.4) * 72))
  })

  test('without chosen rows the page says where to choose them', async () => {
    const own = await house.newPage()
    await signIn(own, '/admin')
    await own.goto('/admin/labels')
    await own.getByText('Choose rows in the list').waitFor()
  })

  test.each(['light', 'dark'] as const)('can be used by everybody, in %s', async (theme) => {
    const own = await house.newPage({ colorScheme: theme })
    await signIn(own, '/admin')
    await labelsOfBothProducts(own)
    expect(await accessibilityFaults(own)).toEqual([])
  })
})
