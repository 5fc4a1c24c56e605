import { testPassword } from '@stockbook/server/src/testing/testServer.ts'
import type { Page } from 'playwright-core'

/** The users that each house has. */
export const administrator = { username: 'anton', password: testPassword }
export const operator = { username: 'olga', password: testPassword }

export type Person = { username: string; password: string }

/**
 * Signs in as a person does, by the form's names. Ends when the form is gone.
 * @param address where to: the admin panel, or the floor
 */
export async function signIn(
  page: Page,
  address: '/admin' | '/',
  { username, password }: Person = administrator,
): Promise<void> {
  await page.goto(address)
  const name = page.getByRole('textbox', { name: /^(user ?name|имя пользователя)/i })
  await name.fill(username)
  await page.getByLabel(/^(password|пароль)/i).fill(password)
  await page.getByRole('button', { name: /^(sign in|войти)$/i }).click()
  await name.waitFor({ state: 'detached' })
}

/** Presses the keys of a text as slowly as a person does: what comes faster is a scanner. */
export const typeByHand = (page: Page, text: string): Promise<void> =>
  page.keyboard.type(text, { delay: 120 })
