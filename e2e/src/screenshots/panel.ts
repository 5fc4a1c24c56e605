import type { BrowserContextOptions, Page } from 'playwright-core'
import type { House } from '../house.ts'
import { administrator, signIn } from '../person.ts'
import { takePicture } from './takePicture.ts'

const desk = { viewport: { width: 1280, height: 800 } }

/** Pictures of the admin panel, as an administrator sees it. */
export async function picturePanel(house: House): Promise<void> {
  const { admin } = house.server
  const { product } = await admin.products.findByCode.query({ code: 'NW-001' })
  const { items: checks } = await admin.checks.list.query({ status: 'review' })

  const page = await enter(house)
  await showDashboard(page)
  await takePicture(page, 'panel-dashboard')
  await page.goto('/admin/products')
  await page.getByRole('cell', { name: 'Chai', exact: true }).waitFor()
  await takePicture(page, 'panel-products')
  await page.goto(`/admin/products/${product.id}/show`)
  await page.getByText('Chai').first().waitFor()
  await takePicture(page, 'panel-product')
  await page.goto(`/admin/products/${product.id}/show/history`)
  await page.getByRole('cell', { name: '18.50' }).first().waitFor()
  await takePicture(page, 'panel-product-history')
  await page.goto('/admin/movements?page=1&perPage=10&sort=id&order=DESC')
  await page.getByRole('cell', { name: 'PO-1042' }).first().waitFor()
  await takePicture(page, 'panel-movements')
  await page.goto(`/admin/checks/${checks[0]?.id}/show`)
  await page.getByRole('button', { name: 'Approve and post' }).waitFor()
  await page.getByRole('cell', { name: 'Chai' }).waitFor()
  await takePicture(page, 'panel-check')
  await page.goto('/admin/audit')
  await page.getByRole('table').getByRole('button').first().click()
  await page.getByRole('columnheader', { name: 'Before' }).waitFor()
  await takePicture(page, 'panel-audit')
  await pictureImport(page)

  const dark = await enter(house, { colorScheme: 'dark' })
  await showDashboard(dark)
  await takePicture(dark, 'panel-dashboard-dark')
  const russian = await enter(house, { locale: 'ru-RU' })
  await russian.goto('/admin/products')
  await russian.getByRole('cell', { name: 'Chai', exact: true }).waitFor()
  await takePicture(russian, 'panel-products-russian')
}

async function enter(house: House, options?: BrowserContextOptions): Promise<Page> {
  const page = await house.newPage({ ...desk, ...options })
  await signIn(page, '/admin', administrator)
  await page.getByRole('menu').first().waitFor()
  return page
}

async function showDashboard(page: Page): Promise<void> {
  // In one of the figures that come last.
  await page.getByText('Gorgonzola Telino').waitFor()
}

/** New goods, changed ones, and a row with a fault: seen before anything is written. */
async function pictureImport(page: Page): Promise<void> {
  await page.goto('/admin/import')
  await page.getByRole('radio', { name: 'Products' }).check()
  await page.getByLabel('Choose a CSV or Excel file').setInputFiles({
    name: 'spring-goods.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(spring),
  })
  await page.getByRole('button', { name: 'Check, without writing' }).click()
  await page.getByText('rows have faults').waitFor()
  await takePicture(page, 'panel-import')
}

const spring = `sku,name,base unit,price,category,barcode
NW-001,Chai,unit,18.90,Beverages,
NW-101,Elderflower Cordial,unit,12.50,Beverages,
NW-102,Rhubarb Jam,unit,7.20,Condiments,
NW-103,Spring Honey,unit,"1,250",Condiments,
NW-104,Sea Salt Crackers,unit,4.80,Bakery,
NW-105,Pear Chips,unit,3.60,Produce,4006381333931
`
