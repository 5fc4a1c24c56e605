import type { Page } from 'playwright-core'
import type { House } from '../house.ts'
import { operator, signIn } from '../person.ts'
import { scan } from '../scanner.ts'
import { takePicture } from './takePicture.ts'

const phone = { viewport: { width: 390, height: 780 }, deviceScaleFactor: 2 }

/** Pictures of the floor, as somebody with a phone and a scanner sees it. */
export async function pictureFloor(house: House): Promise<void> {
  const page = await house.newPage(phone)
  await page.goto('/')
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  await takePicture(page, 'floor-sign-in')
  await signIn(page, '/', operator)
  await page.getByRole('link', { name: 'Ship', exact: true }).waitFor()
  await takePicture(page, 'floor-home')

  await openTask(page, 'Receive')
  await scan(page, 'NW-001')
  await scan(page, 'BEV-01')
  await page.getByRole('textbox', { name: 'Quantity' }).fill('12')
  await page.getByText('Confirm, or clear.').waitFor()
  await takePicture(page, 'floor-receive')

  await openTask(page, 'Ship')
  await scan(page, 'NW-031')
  await scan(page, 'DAI-31')
  await page.getByRole('textbox', { name: 'Quantity' }).fill('20')
  await page.getByRole('button', { name: 'Ship', exact: true }).click()
  await page.getByRole('alert').filter({ hasText: 'Not enough' }).waitFor()
  await takePicture(page, 'floor-ship-refused')

  await page.goto('/#count')
  await page.getByRole('button', { name: 'Confections' }).click()
  await page.getByText('Scan a place or a product of this check.').waitFor()
  await scan(page, 'NW-016')
  await page.getByRole('textbox', { name: 'Quantity' }).fill('27')
  await takePicture(page, 'floor-count')

  await page.goto('/#lookup')
  await page.getByText('Scan a product or a place.').waitFor()
  await scan(page, 'NW-001')
  await page.getByRole('heading', { name: 'Last movements' }).waitFor()
  await takePicture(page, 'floor-look-up')

  const russian = await house.newPage({ ...phone, locale: 'ru-RU', colorScheme: 'dark' })
  await signIn(russian, '/', operator)
  await russian.getByRole('link', { name: 'Отгрузка', exact: true }).waitFor()
  await takePicture(russian, 'floor-home-russian-dark')
}

async function openTask(page: Page, task: 'Receive' | 'Ship'): Promise<void> {
  await page.goto(`/#${task.toLowerCase()}`)
  await page.getByText('Scan a product.', { exact: true }).waitFor()
}
