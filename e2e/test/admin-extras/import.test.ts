import { readFile } from 'node:fs/promises'
import { workbook } from '@stockbook/admin/src/export/workbook.ts'
import { listAll } from '@stockbook/client'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../../src/accessibility.ts'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { signIn } from '../../src/person.ts'

describeInBrowser('importing files in the admin panel', () => {
  let house: House
  let page: Page
  /** What the page asked the server to change. */
  let written: string[]

  beforeAll(async () => {
    house = await openHouse()
    page = await house.newPage()
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (/\.(create|update|post)\b/.test(pathname)) written.push(pathname)
    })
    written = []
    await signIn(page, '/admin')
  })
  afterEach(() => {
    expect(house.faults).toEqual([])
    written = []
  })
  afterAll(() => house[Symbol.asyncDispose]())

  const csv = (name: string, text: string) => ({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(text),
  })

  async function choose(
    kind: 'Locations' | 'Partners' | 'Products' | 'Opening stock',
    file: { name: string; mimeType: string; buffer: Buffer },
    where: Page = page,
  ) {
    await where.goto('/admin/import')
    await where.getByRole('radio', { name: kind }).check()
    await where.getByLabel('Choose a CSV or Excel file').setInputFiles(file)
    await where.getByText(`in ${file.name}`).waitFor()
  }

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

  async function checkWithoutWriting() {
    await press('Check, without writing')
    await page
      .getByRole('button', { name: 'Check, without writing' })
      .waitFor({ state: 'detached' })
    expect(written).toEqual([])
  }

  async function saved(button: string): Promise<string[]> {
    const download = page.waitForEvent('download')
    await press(button)
    const text = await readFile(await (await download).path(), 'utf8')
    return text.replace('\u{feff}', '').trim().split(/\r?\n/)
  }

  const productRows = async () => {
    const { items } = await house.server.admin.products.list.query({})
    return items.map(({ sku, name, version }) => [sku, name, version])
  }

  test('places from a CSV: the dry run writes nothing, the run shows how far it is and reports each row', async () => {
    await choose(
      'Locations',
      csv('places.csv', 'code,name,kind,parent\nW,Main,warehouse,\nW-1,One,bin,W\nW-2,Two,bin,W\n'),
    )
    await checkWithoutWriting()
    await page.getByText('No faults.').waitFor()
    await page.getByText('3 new').waitFor()
    expect((await house.server.admin.locations.list.query({})).items).toEqual([])

    // The last row is held back on its way, so that there is time to look.
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(/locations\.create/, async (route) => {
      if (route.request().postData()?.includes('W-2')) await released
      await route.continue()
    })
    await press('Import 3 rows')
    await page.getByText('2 of 3 rows').waitFor()
    const bar = page.getByRole('progressbar', { name: 'Import' })
    expect(await bar.getAttribute('aria-valuenow')).toMatch(/^66\./)
    release()
    await page.getByText('The import came to its end.').waitFor()
    await page.unroute(/locations\.create/)
    expect(written).toHaveLength(3)
    expect(await saved('Download the report')).toEqual([
      'Row,Name,What happened,Code,Message',
      '2,W,created,,',
      '3,W-1,created,,',
      '4,W-2,created,,',
    ])
  })

  test('products from Excel under headings of their own: columns are told what they mean, faults stay with their row', async () => {
    const content = await workbook({
      name: 'Goods',
      columns: [
        { label: 'Our number', kind: 'text' },
        { label: 'What it is called', kind: 'text' },
        { label: 'Counted in', kind: 'text' },
        { label: 'Sold at', kind: 'decimal' },
        { label: 'Remark of ours', kind: 'text' },
      ],
      rows: [
        ['0042', 'Bolt', 'piece', '1.5', 'x'],
        ['NUT', 'Nut', 'piece', 'cheap', 'x'],
        ['', 'Nobody', 'piece', '2', 'x'],
        ['SCREW', 'Screw', 'piece', '0.25', 'x'],
      ],
    })
    const file = {
      name: 'goods.xlsx',
      mimeType: content.type,
      buffer: Buffer.from(await content.arrayBuffer()),
    }
    await choose('Products', file)
    const columns = {
      'Our number': 'sku',
      'What it is called': 'name',
      'Counted in': 'baseUnit',
      'Sold at': 'unitPrice',
    }
    await page.getByText('Still missing: SKU').waitFor()
    for (const [heading, field] of Object.entries(columns)) {
      await page
        .getByRole('combobox', { name: `Field for the column ${heading}`, exact: true })
        .selectOption(field)
    }
    await checkWithoutWriting()
    await page.getByText('2 rows have faults and are left out.').waitFor()
    await page.getByRole('row', { name: '3 NUT Price “cheap” is no decimal number' }).waitFor()
    await page.getByRole('row', { name: '4 SKU is missing' }).waitFor()
    expect(await saved('Download the faults')).toEqual([
      'Row,Name,Code,Message',
      '3,NUT,notDecimal,Price: “cheap” is no decimal number',
      '4,,REQUIRED,SKU: is missing',
    ])
    expect(await productRows()).toEqual([])

    await press('Import 2 rows')
    await page.getByText('some rows were left out').waitFor()
    const { items } = await house.server.admin.products.list.query({})
    expect(
      items.map(({ sku, name, baseUnit, unitPrice }) => [sku, name, baseUnit, unitPrice]),
    ).toEqual([
      ['0042', 'Bolt', 'piece', '1.5000'],
      ['SCREW', 'Screw', 'piece', '0.2500'],
    ])
    expect((await saved('Download the report')).map((line) => line.split(',').slice(0, 4))).toEqual(
      [
        ['Row', 'Name', 'What happened', 'Code'],
        ['2', '0042', 'created', ''],
        ['3', 'NUT', 'refused', 'notDecimal'],
        ['4', '', 'refused', 'REQUIRED'],
        ['5', 'SCREW', 'created', ''],
      ],
    )
  })

  test('partners: the same file again has nothing to write, and makes no row twice', async () => {
    const file = csv('partners.csv', 'kind,code,name\nsupplier,S1,One\ncustomer,C1,Two\n')
    await choose('Partners', file)
    await checkWithoutWriting()
    await press('Import 2 rows')
    await page.getByText('The import came to its end.').waitFor()
    const before = await house.server.admin.partners.list.query({})
    expect(before.items).toHaveLength(2)

    written = []
    await choose('Partners', file)
    await checkWithoutWriting()
    await page.getByText('2 as they are').waitFor()
    await page.getByText('There is nothing to write').waitFor()
    expect(await page.getByRole('button', { name: /^Import \d/ }).count()).toBe(0)
    expect(await house.server.admin.partners.list.query({})).toEqual(before)
  })

  test('opening stock: the same file again does not count anything twice', async () => {
    const file = csv('stock.csv', 'sku,location,quantity\n0042,W-1,120\nSCREW,W-2,7\n')
    await choose('Opening stock', file)
    await checkWithoutWriting()
    await page.getByText('2 to post').waitFor()
    await press('Import 2 rows')
    await page.getByText('The import came to its end.').waitFor()
    const levels = async () => {
      const found = []
      for await (const level of listAll(house.server.admin.stock.levels, {})) {
        found.push(`${level.sku} ${level.locationCode} ${level.onHand}`)
      }
      return found.toSorted()
    }
    expect(await levels()).toEqual(['0042 W-1 120', 'SCREW W-2 7'])

    written = []
    await choose('Opening stock', file)
    await checkWithoutWriting()
    await page.getByText('There is nothing to write').waitFor()
    // Another file with one of the same lines is seen as well: by what lies there.
    await choose('Opening stock', csv('more.csv', 'sku,location,quantity\n0042,W-1,121\n'))
    await checkWithoutWriting()
    await page.getByText('there are 120 already: they would count twice').waitFor()
    expect(await levels()).toEqual(['0042 W-1 120', 'SCREW W-2 7'])
    expect((await house.server.admin.movements.list.query({})).items).toHaveLength(2)
  })

  test('a file that is none says so, and the page goes on', async () => {
    await page.goto('/admin/import')
    const input = page.getByLabel('Choose a CSV or Excel file')
    await input.setInputFiles({ name: 'old.csv', mimeType: 'text/csv', buffer: Buffer.from('') })
    await page.getByText('The file is empty.').waitFor()
    await input.setInputFiles(csv('broken.csv', 'sku,name\nA,"open'))
    await page.getByText('a quotation mark opens that nothing closes').waitFor()
    await input.setInputFiles(csv('good.csv', 'sku,name\nA,Apple\n'))
    await page.getByText('1 row in good.csv').waitFor()
  })

  test.each(['light', 'dark'] as const)(
    'every step can be used by everybody, in %s',
    async (theme) => {
      const own = await house.newPage({ colorScheme: theme })
      await signIn(own, '/admin')
      const found: string[] = []
      const look = async (step: string) => {
        for (const fault of await accessibilityFaults(own)) found.push(`${step}: ${fault}`)
      }
      await own.goto('/admin/import')
      await own.getByLabel('Choose a CSV or Excel file').waitFor()
      await look('file')
      const file = csv('p.csv', `kind,code,name\nsupplier,${theme},One\nnobody,X,Two\n`)
      await choose('Partners', file, own)
      await look('columns')
      await own.getByRole('button', { name: 'Check, without writing' }).click()
      await own.getByText('1 row has faults').waitFor()
      await look('check')
      await own.getByRole('button', { name: 'Import 1 row' }).click()
      await own.getByText('some rows were left out').waitFor()
      await look('result')
      expect(found).toEqual([])
    },
  )
})
