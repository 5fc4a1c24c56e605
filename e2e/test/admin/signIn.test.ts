import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { administrator, operator, signIn } from '../../src/person.ts'

describeInBrowser('signing in to the admin panel', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  test('a wrong password is told, and lets nobody in', async () => {
    const page = await house.newPage()
    await page.goto('/admin')
    await page.getByRole('textbox', { name: 'Username' }).fill(administrator.username)
    await page.getByLabel('Password *').fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('The user name or the password is wrong').waitFor()
    await page.goto('/admin/products')
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
  })

  test('a session outlives a reload, and ends for good with signing out', async () => {
    const page = await house.newPage()
    await signIn(page, '/admin')
    await page.goto('/admin/users')
    await page.getByRole('cell', { name: 'olga' }).first().waitFor()
    await page.getByRole('button', { name: 'anton' }).click()
    await page.getByRole('menuitem', { name: 'Logout' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    await page.goto('/admin/users')
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await page.getByRole('cell').count()).toBe(0)
  })

  test('who was signed out elsewhere is led back to the sign-in, and told why', async () => {
    await house.server.signInAs('erika', 'admin')
    const page = await house.newPage()
    await signIn(page, '/admin', { ...administrator, username: 'erika' })
    await page.goto('/admin/products')
    await page.getByRole('heading', { name: 'Products' }).waitFor()
    const { items } = await house.server.admin.users.list.query({ search: 'erika' })
    const sessions = await house.server.admin.sessions.list.query({ userId: items[0]?.id ?? '' })
    for (const { id } of sessions.items) await house.server.admin.sessions.end.mutate({ id })
    await page.getByRole('menuitem', { name: 'Partners' }).click()
    await page.getByText('Your session was ended').waitFor()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
  })

  test('who has a password that somebody else chose does nothing before choosing another', async () => {
    await house.server.admin.users.create.mutate({
      username: 'nina',
      role: 'admin',
      password: 'chosen by somebody else',
      mustChangePassword: true,
    })
    const page = await house.newPage()
    await signIn(page, '/admin', { username: 'nina', password: 'chosen by somebody else' })
    await page.getByText('Somebody else chose your password').waitFor()
    await page.goto('/admin/products')
    await page.getByText('Somebody else chose your password').waitFor()
    await page.getByLabel('Present password *').fill('chosen by somebody else')
    await page.getByLabel('New password *').fill('short')
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('must have at least 12 characters').waitFor()
    await page.getByLabel('New password *').fill('a better one of her own')
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('The password was changed').waitFor()
    await page.getByRole('menuitem', { name: 'Products' }).click()
    await page.getByRole('heading', { name: 'Products' }).waitFor()
  })

  test('an operator who opens an address of administrators is refused, and changes nothing there', async () => {
    const page = await house.newPage()
    await signIn(page, '/admin', operator)
    await page.goto('/admin/users')
    await page.getByText('This page is for administrators').waitFor()
    await page.goto('/admin/products/create')
    await page.getByText('This page is for administrators').waitFor()
  })

  test('an operator reads the tables, and finds no way to change master data', async () => {
    await house.server.admin.products.create.mutate({
      sku: 'TEA-1',
      name: 'Green tea',
      baseUnit: 'box',
    })
    const page = await house.newPage()
    await signIn(page, '/admin', operator)
    await page.goto('/admin/products')
    await page.getByRole('cell', { name: 'Green tea', exact: true }).click()
    await page.getByRole('tab', { name: 'Details' }).waitFor()
    for (const name of ['Edit', 'Archive', 'Copy', 'Create']) {
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0)
      expect(await page.getByRole('link', { name, exact: true }).count()).toBe(0)
    }
    expect(await page.getByRole('tab', { name: 'History', exact: true }).count()).toBe(0)
    expect(await page.getByRole('menuitem', { name: 'Users' }).count()).toBe(0)
  })

  test('the panel speaks the language of the browser, and another when it is asked to', async () => {
    const page = await house.newPage({ locale: 'ru-RU' })
    await signIn(page, '/admin')
    await page.getByRole('menuitem', { name: 'Товары' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('ru')
    await page.getByRole('button', { name: 'Русский' }).click()
    await page.getByRole('menuitem', { name: 'English' }).click()
    await page.getByRole('menuitem', { name: 'Products' }).waitFor()
    await page.reload()
    await page.getByRole('menuitem', { name: 'Products' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
  })
})
