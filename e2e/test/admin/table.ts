import type { Locator, Page } from 'playwright-core'

/** Goes to a table by the menu, as a person does, and waits for its rows. */
export async function openTable(page: Page, name: string): Promise<void> {
  await page.getByRole('menuitem', { name, exact: true }).click()
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
  await page.getByRole('table').waitFor()
}

/** The row of a table that says all of this. */
export function rowWith(page: Page | Locator, ...texts: readonly string[]): Locator {
  return texts.reduce(
    (rows, hasText) => rows.filter({ hasText }),
    page.getByRole('row').filter({ has: page.getByRole('cell') }),
  )
}

/** Adds a filter to the list, as yet without a value. */
export async function addFilter(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add filter' }).click()
  await page.getByRole('menuitemcheckbox', { name, exact: true }).click()
}

/** Chooses from what a field offers; a field that searches is given the first letters. */
export async function choose(field: Locator, choice: string): Promise<void> {
  const page = field.page()
  const isSearching = await field.evaluate((element) => element instanceof HTMLInputElement)
  await field.click()
  if (isSearching) await field.fill(choice)
  await page.getByRole('option', { name: choice, exact: true }).click()
  // A list of which several may be chosen stays open.
  if ((await page.getByRole('listbox').count()) > 0) await page.keyboard.press('Escape')
  await page.getByRole('listbox').waitFor({ state: 'detached' })
}

/** Chooses how a field is to be, where a filter of it has been added. */
export async function chooseWay(page: Page, field: string, way: string): Promise<void> {
  await choose(page.getByRole('combobox', { name: `${field}: condition` }), way)
}

/** What a field of a form says is wrong with it. Waits until it does. */
export async function faultAt(field: Locator): Promise<string> {
  await field.and(field.page().locator('[aria-invalid=true]')).waitFor()
  return field.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' '),
  )
}

/** Saves a form that is refused nothing: ends at the page of the row. */
export async function saveForm(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('tab', { name: 'Details' }).waitFor()
}
