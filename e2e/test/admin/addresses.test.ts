import type { Field } from '@stockbook/admin/src/contract/fields.ts'
import type { Resource } from '@stockbook/admin/src/resources/describe.ts'
import { resources } from '@stockbook/admin/src/resources/index.ts'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../../src/accessibility.ts'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { operator, signIn } from '../../src/person.ts'
import { fillTables } from './rows.ts'

const tables = resources.filter(({ group }) => group !== null)

describeInBrowser('lists of the admin panel opened at an address that asks for nonsense', () => {
  let house: House
  let page: Page
  let calls: string[] = []
  beforeAll(async () => {
    house = await openHouse()
    await fillTables(house.server)
    page = await house.newPage()
    page.on('request', (request) => {
      if (request.url().includes('/rpc/')) calls.push(request.url())
    })
    await signIn(page, '/admin')
    await page.getByRole('heading', { level: 1 }).waitFor()
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  const notice = () => page.getByRole('alert').filter({ hasText: 'This was left out' })

  async function open(table: string, query: Readonly<Record<string, unknown>>) {
    calls = []
    const written = Object.entries(query).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ])
    await page.goto(`/admin/${table}?${new URLSearchParams(written).toString()}`)
  }

  /** What the list is told to leave out; its rows are there all the same. */
  async function leftOut(): Promise<string[]> {
    await notice().waitFor()
    // The reports find nothing among what the tables hold.
    await page
      .getByRole('cell')
      .or(page.getByText(/^No .* found/))
      .first()
      .waitFor()
    return notice().getByRole('listitem').allInnerTexts()
  }

  test.each(tables.map((table) => [table.name, table] as const))(
    '%s: each wrong filter is named and left out, and the rows are there',
    async (name, table) => {
      for (const wrong of [wrongValue, () => ({ a: 1 })]) {
        const filter = {
          nosuch: 'x',
          ...Object.fromEntries(table.filters.map((field) => [field.name, wrong(field)])),
          where: { unheard: { equals: 1 }, ...wrongConditions(table, wrong) },
        }
        await open(name, { filter, sort: 'nosuch', order: 'UP', page: '-3', perPage: '7777' })
        const lines = await leftOut()
        const conditions = Object.values(filter.where).flatMap((values) => Object.keys(values))
        expect(lines).toHaveLength(1 + table.filters.length + conditions.length + 3)
        expect(lines.filter((line) => /undefined|\[object|invalid|expected/i.test(line))).toEqual(
          [],
        )
        expect(lines.slice(-3)).toEqual([
          'Order: the list cannot be sorted by “nosuch UP”.',
          'Page: an address cannot lead to page “-3”.',
          'Rows on a page: “7777” is none of 10, 25, 50, 100, 200.',
        ])
        expect(new URL(page.url()).searchParams.get('filter')).toBe('{}')
        expect(calls.length).toBeLessThan(20)
        expect(await page.getByText(/something went wrong/i).count()).toBe(0)
      }
    },
  )

  test('filters that cannot be read are left out, and the notice goes when it is closed', async () => {
    await open('products', { filter: '{broken', displayedFilters: '5' })
    expect(await leftOut()).toEqual(['Filters: they cannot be read.'])
    expect(await accessibilityFaults(page)).toEqual([])
    await page.reload()
    expect(await leftOut()).toEqual(['Filters: they cannot be read.'])
    await notice().getByRole('button', { name: 'Close' }).click()
    await notice().waitFor({ state: 'detached' })
    await page.getByRole('cell', { name: 'TEA-1' }).waitFor()
  })

  test('the filters that are right narrow the list, and what is typed next forgets the notice', async () => {
    const where = { name: { contains: 'Sen' }, createdAt: { atLeast: 'rubbish' } }
    await open('products', { filter: { where }, displayedFilters: { 'where.createdAt': true } })
    expect(await leftOut()).toEqual([
      'Created, from: “rubbish” (a day and a time are needed, like 2026-01-31T14:00)',
    ])
    await page.getByRole('cell', { name: 'TEA-1' }).waitFor()
    expect(await page.getByRole('cell', { name: 'OAT-1' }).count()).toBe(0)
    await page.getByRole('textbox', { name: 'Search' }).fill('TEA')
    await notice().waitFor({ state: 'detached' })
    await page.getByRole('cell', { name: 'TEA-1' }).waitFor()
  })

  test('what the browser remembers of a list is judged too, and columns that are gone are no matter', async () => {
    await page.goto('/admin')
    await page.evaluate(() => {
      const keep = (key: string, value: unknown) =>
        localStorage.setItem(`RaStoreStockbook.${key}`, JSON.stringify(value))
      const where = { colour: { equals: 'red' } }
      keep('products.listParams', { filter: { where }, sort: 'colour', order: 'ASC', page: 1 })
      keep('products.datatable', ['colour', 'name', 7])
      keep('products.datatable_columnRanks', [99, 'x', -1, 3])
    })
    await page.goto('/admin/products')
    expect(await leftOut()).toEqual([
      'colour.equals: “red” (there is no such filter here)',
      'Order: the list cannot be sorted by “colour ASC”.',
    ])
    await page.getByRole('cell', { name: 'TEA-1' }).waitFor()
    await page.evaluate(() => {
      for (const end of ['listParams', 'datatable', 'datatable_columnRanks']) {
        localStorage.removeItem(`RaStoreStockbook.products.${end}`)
      }
    })
  })

  test('what the server alone refuses is told in the place of the rows, and the filters can be removed', async () => {
    await page.route(/\/rpc\/products\.list/, (route) => route.abort(), { times: 20 })
    await open('products', { filter: { search: 'tea' } })
    const failure = page.getByRole('alert').filter({ hasText: 'Try again' })
    await failure.waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.unroute(/\/rpc\/products\.list/)
    await failure.getByRole('button', { name: 'Remove all filters' }).click()
    await page.getByRole('cell', { name: 'OAT-1' }).waitFor()
    await failure.waitFor({ state: 'detached' })
  })

  test('what is typed and does not fit is told by the name of its filter', async () => {
    const where = { name: { contains: 'Sen' } }
    await open('products', { filter: { where }, displayedFilters: { 'where.name': true } })
    await page.getByRole('cell', { name: 'TEA-1' }).waitFor()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('x'.repeat(201))
    const failure = page.getByRole('alert').filter({ hasText: 'Try again' })
    await failure.waitFor()
    expect(await failure.getByRole('listitem').allInnerTexts()).toEqual([
      'Name, contains: at most 200 characters',
    ])
    await failure.getByRole('button', { name: 'Remove all filters' }).click()
    await page.getByRole('cell', { name: 'OAT-1' }).waitFor()
  })

  test('the filter of sessions by their program says what it looks at', async () => {
    await open('sessions', {
      filter: { where: { userAgent: { contains: 'chrome' } } },
      displayedFilters: { 'where.userAgent': true },
    })
    await page.getByText('In what the program calls itself').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('the address of a tab that a row has not, or not for this person, leads to the row', async () => {
    const { items } = await house.server.admin.products.list.query({ limit: 1 })
    const show = `/admin/products/${items[0]!.id}/show`
    const leadsTo = async (of: Page, tab: string, end: string) => {
      await of.goto(`${show}${tab}`)
      await of.getByRole('tab', { selected: true }).waitFor()
      await expect.poll(() => new URL(of.url()).pathname).toBe(`${show}${end}`)
    }
    await leadsTo(page, '/nosuch', '')
    await leadsTo(page, '/history', '/history')
    const other = await house.newPage()
    await signIn(other, '/admin', operator)
    await leadsTo(other, '/history', '')
    await leadsTo(other, '/movements', '/movements')
    await other.close()
  })

  test('a Russian is told in Russian', async () => {
    const own = await house.newPage({ locale: 'ru-RU' })
    await signIn(own, '/admin')
    const filter = { where: { createdAt: { atLeast: 'rubbish' } } }
    await own.goto(
      `/admin/products?${new URLSearchParams({ filter: JSON.stringify(filter), page: '-3' })}`,
    )
    const told = own.getByRole('alert').getByRole('listitem')
    await told.first().waitFor()
    expect(await told.allInnerTexts()).toEqual([
      'Создано, начиная с: «rubbish» (нужны день и время, например 2026-01-31T14:00)',
      'Страница: адрес не может вести на страницу «-3».',
    ])
    await own.close()
  })
})

const takesAnyText = ({ kind }: Field) =>
  ['text', 'longText', 'email', 'audited', 'done', 'program', 'value'].includes(kind)

/** What a filter of this kind does not take; for a text, something of another form. */
function wrongValue(field: Field): unknown {
  return takesAnyText(field) ? { a: 1 } : 'rubbish'
}

function wrongConditions({ conditions }: Resource, wrong: (field: Field) => unknown) {
  return Object.fromEntries(
    conditions.map(({ name, operators }) => [
      name,
      Object.fromEntries(operators.map((operator) => [operator.name, wrong(operator)])),
    ]),
  )
}
