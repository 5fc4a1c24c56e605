import { createStockbookClient } from '@stockbook/client'
import { testPassword } from '@stockbook/server/src/testing/testServer.ts'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { signIn } from '../../src/person.ts'
import { scan } from '../../src/scanner.ts'
import { choose, faultAt, openTable, rowWith, saveForm } from './table.ts'

describeInBrowser('a user who is restricted to warehouses', () => {
  let house: House
  let page: Page
  let wilma: { username: string; password: string }

  beforeAll(async () => {
    house = await openHouse()
    const { admin } = house.server
    const tea = await admin.products.create.mutate({ sku: 'TEA-1', name: 'Tea', baseUnit: 'box' })
    for (const name of ['NORTH', 'SOUTH']) {
      const { id: parentId } = await admin.locations.create.mutate({
        kind: 'warehouse',
        code: name,
        name: `${name} hall`,
      })
      const code = `${name}-01`
      const bin = await admin.locations.create.mutate({ kind: 'bin', code, name: code, parentId })
      await admin.movements.post.mutate({
        lines: [{ type: 'incoming', productId: tea.id, toLocationId: bin.id, quantity: 40 }],
      })
    }
    wilma = { username: 'wilma', password: testPassword }
    await admin.users.create.mutate({ ...wilma, role: 'operator' })
    page = await house.newPage()
    await signIn(page, '/admin')
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  const field = (name: string) => page.getByRole('combobox', { name, exact: true })
  const userNamed = async (username: string) => {
    const { items } = await house.server.admin.users.list.query({ search: username })
    return items.find((user) => user.username === username)!
  }

  test('is so from the form of the panel on, and sees the rows of these alone', async () => {
    const client = createStockbookClient({ url: house.server.url, auth: wilma })
    const places = async () =>
      (await client.stock.levels.query({})).items.map(({ locationCode }) => locationCode).toSorted()
    expect(await places()).toEqual(['NORTH-01', 'SOUTH-01'])

    await page.goto(`/admin/users/${(await userNamed('wilma')).id}`)
    await page.getByText('None chosen: works in all.').waitFor()
    await choose(field('Works in warehouses'), 'SOUTH')
    await saveForm(page)
    await page.getByText('SOUTH', { exact: true }).waitFor()
    expect(await places()).toEqual(['SOUTH-01'])

    await openTable(page, 'Users')
    await rowWith(page, 'wilma', 'SOUTH').waitFor()
    await rowWith(page, 'olga', 'all').waitFor()
  })

  test('sees in the panel no place, stock or movement of another warehouse', async () => {
    const own = await house.newPage()
    await signIn(own, '/admin', wilma)
    for (const table of ['Locations', 'Stock levels', 'Movements']) {
      await openTable(own, table)
      await rowWith(own, 'SOUTH').first().waitFor()
      expect(await own.getByRole('table').textContent()).not.toContain('NORTH')
    }
  })

  test('is told on the floor that a place of another warehouse is none of theirs', async () => {
    const own = await house.newPage()
    await signIn(own, '/', wilma)
    await own.getByRole('link', { name: 'Receive', exact: true }).click()
    await own.getByRole('textbox', { name: /^Scan/ }).waitFor()
    await scan(own, 'NORTH-01')
    await own.getByText('“NORTH-01” is no product, and no place in your warehouses.').waitFor()
    await scan(own, 'SOUTH-01')
    await own.getByText('“NORTH-01”').waitFor({ state: 'detached' })
  })

  test('becomes an administrator only once the restriction is taken away', async () => {
    await page.goto(`/admin/users/${(await userNamed('wilma')).id}`)
    await choose(field('Role'), 'administrator')
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await faultAt(field('Role'))).toContain('is restricted to warehouses')
    expect(await userNamed('wilma')).toMatchObject({ role: 'operator' })
  })
})
