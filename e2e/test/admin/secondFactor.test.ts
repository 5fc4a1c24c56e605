import { codeOfApp } from '@stockbook/server/src/testing/codeOfApp.ts'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../../src/accessibility.ts'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { operator, signIn } from '../../src/person.ts'
import { faultAt } from './table.ts'

describeInBrowser('two-step sign-in', () => {
  let house: House
  let page: Page
  let secret: string
  let recoveryCodes: string[]
  beforeAll(async () => {
    house = await openHouse()
    page = await house.newPage()
    await signIn(page, '/admin', operator)
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  /** Fills in the form of sign-in, up to where it asks for a code. */
  async function comeToTheCode(on: Page, address: '/admin' | '/') {
    await on.goto(address)
    await on.getByRole('textbox', { name: /^user ?name/i }).fill(operator.username)
    await on.getByLabel(/^password/i).fill(operator.password)
    await on.getByRole('button', { name: 'Sign in', exact: true }).click()
    const code = on.getByLabel(/^code/i)
    await code.waitFor()
    return code
  }

  const submit = (on: Page) => on.getByRole('button', { name: 'Sign in', exact: true }).click()

  test('is set up with an app that reads the secret, and gives recovery codes once', async () => {
    await page.getByRole('button', { name: /^Olga|^olga/ }).click()
    await page.getByRole('menuitem', { name: 'Two-step sign-in' }).click()
    const password = page.getByLabel('Present password *')
    await password.fill('not the password of Olga')
    await page.getByRole('button', { name: 'Set up' }).click()
    expect(await faultAt(password)).toBe('The present password is not this one.')
    await password.fill(operator.password)
    await page.getByRole('button', { name: 'Set up' }).click()
    await page.getByRole('img', { name: 'QR code for an authenticator app' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])

    secret = (await page.locator('code').textContent())!
    const code = page.getByLabel('Code *')
    await code.fill('000000')
    await page.getByRole('button', { name: 'Confirm' }).click()
    expect(await faultAt(code)).toContain('The code is wrong')
    await code.fill(codeOfApp(secret))
    await page.getByRole('button', { name: 'Confirm' }).click()
    const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
    await codes.first().waitFor()
    recoveryCodes = await codes.allTextContents()
    expect(recoveryCodes).toHaveLength(10)
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByText('10 recovery codes are left.').waitFor()
  })

  test('sign-in to the panel then asks for the code, and a wrong one opens nothing', async () => {
    const other = await house.newPage()
    const code = await comeToTheCode(other, '/admin')
    expect(await accessibilityFaults(other)).toEqual([])
    await code.fill('000000')
    await submit(other)
    await other.getByText('The code is wrong').waitFor()
    await code.fill(codeOfApp(secret, 0.5))
    await submit(other)
    await other.getByRole('button', { name: /^Olga|^olga/ }).waitFor()
  })

  test('sign-in on the floor takes a recovery code in its place', async () => {
    const floor = await house.newPage()
    const code = await comeToTheCode(floor, '/')
    expect(await accessibilityFaults(floor)).toEqual([])
    await code.fill(recoveryCodes[0]!)
    await submit(floor)
    await floor.getByRole('heading', { name: 'What do you want to do?' }).waitFor()
  })

  test('is taken away with the password and a code', async () => {
    await page.reload()
    await page.getByText('9 recovery codes are left.').waitFor()
    await page.getByLabel('Present password *').fill(operator.password)
    await page.getByLabel('Code *').fill(recoveryCodes[1]!)
    await page.getByRole('button', { name: 'Ask for the password alone again' }).click()
    await page.getByRole('button', { name: 'Set up' }).waitFor()
    await signIn(await house.newPage(), '/admin', operator)
  })
})
