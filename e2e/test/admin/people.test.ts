import { createStockbookClient } from '@stockbook/client'
import { testPassword } from '@stockbook/server/src/testing/testServer.ts'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { signIn } from '../../src/person.ts'
import { addFilter, choose, faultAt, openTable, rowWith, saveForm } from './table.ts'

describeInBrowser('people and programs in the admin panel', () => {
  let house: House
  let page: Page
  beforeAll(async () => {
    house = await openHouse()
    page = await house.newPage()
    await signIn(page, '/admin')
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  const userNamed = async (username: string) => {
    const { items } = await house.server.admin.users.list.query({ search: username })
    return items.find((user) => user.username === username)!
  }
  const confirm = async (action: string) => {
    const dialog = page.getByRole('dialog', { name: action, exact: true })
    await dialog.getByRole('button', { name: action, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
  }

  test('the last administrator stays one', async () => {
    await page.goto(`/admin/users/${(await userNamed('anton')).id}`)
    await choose(page.getByRole('combobox', { name: 'Role' }), 'operator')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Nobody else could administer').waitFor()
    expect((await userNamed('anton')).role).toBe('admin')
  })

  test('a user is made once the password and the name will do', async () => {
    await page.goto('/admin/users/create')
    await field('User name').fill('OLGA')
    await choose(page.getByRole('combobox', { name: 'Role' }), 'operator')
    await page.getByLabel('Password *').fill('short')
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await faultAt(page.getByLabel('Password *'))).toBe('must have at least 12 characters')
    await page.getByLabel('Password *').fill(testPassword)
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await faultAt(field('User name'))).toContain('is taken')
    await field('User name').fill('wilma')
    await saveForm(page)
    expect(await userNamed('wilma')).toMatchObject({ role: 'operator', disabledAt: null })
  })

  test('who is shut out is refused from then on, and let back in works again', async () => {
    const wilmaAnew = () =>
      createStockbookClient({
        url: house.server.url,
        auth: { username: 'wilma', password: testPassword },
      })
    const wilma = wilmaAnew()
    await wilma.auth.me.query()
    await page.goto(`/admin/users/${(await userNamed('wilma')).id}/show`)
    await page.getByRole('button', { name: 'Shut out' }).click()
    await confirm('Shut out')
    await expect(wilma.auth.me.query()).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' })
    await page.getByRole('button', { name: 'Let back in' }).click()
    await page.getByRole('button', { name: 'Shut out' }).waitFor()
    await wilmaAnew().auth.me.query()
  })

  test('a password that somebody else sets must do, and must be changed', async () => {
    await page.goto(`/admin/users/${(await userNamed('wilma')).id}/show`)
    await page.getByRole('button', { name: 'Reset password' }).click()
    const dialog = page.getByRole('dialog', { name: 'Reset password' })
    const password = dialog.getByLabel('Password *')
    await password.fill('short')
    await dialog.getByRole('button', { name: 'Reset password' }).click()
    expect(await faultAt(password)).toBe('must have at least 12 characters')
    await password.fill('another good password')
    await dialog.getByRole('button', { name: 'Reset password' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect((await userNamed('wilma')).mustChangePassword).toBe(true)
  })

  test('the sessions of somebody are ended, and only those', async () => {
    const { admin } = house.server
    const { id: userId } = await userNamed('olga')
    await openTable(page, 'Sessions')
    await addFilter(page, 'User')
    await choose(page.getByRole('combobox', { name: 'User', exact: true }), 'olga')
    await rowWith(page, 'olga').getByRole('checkbox').check()
    await page.getByRole('button', { name: 'End session' }).click()
    await confirm('End session')
    await page.getByText('1 done, 0 refused').waitFor()
    expect((await admin.sessions.list.query({ userId })).items).toEqual([])
    await page.getByRole('button', { name: 'Close' }).click()
    await rowWith(page, 'olga').waitFor({ state: 'detached' })
    await admin.auth.me.query()
  })

  test('a copy of an API key has its role, its warehouses and its time, and a secret of its own', async () => {
    const { admin } = house.server
    const hall = await admin.locations.create.mutate({
      kind: 'warehouse',
      code: 'HALL',
      name: 'Hall',
    })
    const first = await admin.apiKeys.create.mutate({
      name: 'Gate 1',
      role: 'operator',
      warehouseIds: [hall.id],
      expiresAt: new Date(Date.now() + 30 * 86_400_000),
    })
    await page.goto('/admin/apiKeys?filter={}')
    await rowWith(page, 'Gate 1').click()
    await page.getByRole('link', { name: 'Copy' }).click()
    await expect.poll(() => field('Name').inputValue(), { timeout: 15_000 }).toBe('Gate 2')
    await page.getByRole('button', { name: 'Hall' }).waitFor()
    expect(await page.getByRole('button', { name: 'Save and' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'The key of “Gate 2”' })
    const apiKey = await dialog.getByRole('textbox', { name: 'API key' }).inputValue()
    expect(apiKey).not.toBe(first.key)
    await dialog.getByRole('button', { name: 'I have it' }).click()
    await rowWith(page, 'Gate 2').waitFor()
    const { items } = await admin.apiKeys.list.query({ where: { name: { equals: 'Gate 2' } } })
    expect(items).toMatchObject([{ role: 'operator', warehouseIds: [hall.id] }])
    const days = (Number(items[0]!.expiresAt) - Date.now()) / 86_400_000
    expect(Math.round(days)).toBe(30)
    // The one that was copied is as it was.
    expect(await admin.apiKeys.get.query({ id: first.id })).toMatchObject({
      name: 'Gate 1',
      hint: first.hint,
      revokedAt: null,
    })
  })

  test('an API key is shown this once, does what its role may, and nothing once it is revoked', async () => {
    await page.goto('/admin/apiKeys/create')
    await field('Name').fill('Scale at the door')
    await choose(page.getByRole('combobox', { name: 'Role' }), 'operator')
    await page.getByRole('button', { name: 'Save' }).click()
    const dialog = page.getByRole('dialog', { name: 'The key of “Scale at the door”' })
    const apiKey = await dialog.getByRole('textbox', { name: 'API key' }).inputValue()
    const scale = createStockbookClient({ url: house.server.url, auth: { apiKey } })
    expect(await scale.auth.me.query()).toMatchObject({ role: 'operator' })
    await dialog.getByRole('button', { name: 'I have it' }).click()
    const row = rowWith(page, 'Scale at the door')
    await row.getByRole('checkbox').check()
    expect(await page.content()).not.toContain(apiKey)
    await page.getByRole('button', { name: 'Revoke' }).click()
    await confirm('Revoke')
    await page.getByText('1 done, 0 refused').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await row.waitFor({ state: 'detached' })
    await expect(scale.auth.me.query()).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  })
})
