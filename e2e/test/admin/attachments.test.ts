import { readFile } from 'node:fs/promises'
import { makeBins } from '@stockbook/server/src/testing/warehouse.ts'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults } from '../../src/accessibility.ts'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { operator, signIn } from '../../src/person.ts'

/** One dot. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

describeInBrowser('the files of a row in the admin panel', () => {
  let house: House
  let page: Page
  let productId: string

  beforeAll(async () => {
    house = await openHouse()
    const { admin } = house.server
    productId = (await admin.products.create.mutate({ sku: 'T', name: 'Tea', baseUnit: 'box' })).id
    page = await house.newPage()
    await signIn(page, '/admin')
  })
  afterEach(() => expect(house.faults).toEqual([]))
  afterAll(() => house[Symbol.asyncDispose]())

  const filesOf = async () =>
    (await house.server.admin.attachments.list.query({ entity: 'product', entityId: productId }))
      .items

  /** Whether the browser could read the picture. */
  const isShown = (name: string) =>
    page
      .getByRole('img', { name })
      .evaluate((image) => (image as HTMLImageElement).decode().then(() => true))

  test('a picture is added, seen, saved as it was, and removed', async () => {
    await page.goto(`/admin/products/${productId}/show/attachments`)
    await page.getByText('There are no files yet.').waitFor()
    await page
      .getByLabel('Add files')
      .setInputFiles({ name: 'tea leaf.png', mimeType: 'image/png', buffer: png })
    expect(await isShown('tea leaf.png')).toBe(true)
    expect(await accessibilityFaults(page)).toEqual([])

    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save “tea leaf.png”' }).click()
    const download = await saved
    expect(download.suggestedFilename()).toBe('tea leaf.png')
    expect((await readFile(await download.path())).equals(png)).toBe(true)

    await page.getByRole('tab', { name: 'Details' }).click()
    expect(await isShown('tea leaf.png')).toBe(true)

    await page.getByRole('tab', { name: 'Files' }).click()
    const remove = page.getByRole('button', { name: 'Remove “tea leaf.png”' })
    await remove.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Remove “tea leaf.png”?' })
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await page.getByText('There are no files yet.').waitFor()
    expect(await filesOf()).toEqual([])
  })

  test('the history of a row tells of its files, beside what else became of it', async () => {
    await page.goto(`/admin/products/${productId}/show/history`)
    const entries = page.getByRole('article')
    await entries.filter({ hasText: 'removed' }).waitFor()
    await entries.filter({ hasText: 'added' }).filter({ hasText: 'tea leaf.png' }).waitFor()
    await entries.filter({ hasText: 'created' }).filter({ hasText: 'Tea' }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('the history of a movement tells of the files of its command', async () => {
    const { admin, operator: floor } = house.server
    const [bin] = await makeBins(admin, 1)
    const { commandId, movements } = await floor.movements.post.mutate({
      lines: [{ type: 'incoming', productId, toLocationId: bin, quantity: 1 }],
    })
    await floor.attachments.add.mutate({
      entity: 'command',
      entityId: commandId,
      fileName: 'note.png',
      content: png.toString('base64'),
    })
    await page.goto(`/admin/movements/${movements[0]!.id}/show`)
    await page.getByRole('tab', { name: 'History' }).click()
    await page.getByRole('article').filter({ hasText: 'note.png' }).waitFor()
    await page.getByRole('article').filter({ hasText: 'posted' }).first().waitFor()
  })

  test('what is no picture says why it is refused, and nothing is added', async () => {
    await page.goto(`/admin/products/${productId}/show/attachments`)
    const choose = page.getByLabel('Add files')
    await choose.setInputFiles({
      name: 'a.png',
      mimeType: 'image/png',
      buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    })
    await page.getByRole('alert').getByText('Files are PNG').waitFor()
    await choose.setInputFiles({
      name: 'large.png',
      mimeType: 'image/png',
      buffer: Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)]),
    })
    await page.getByRole('alert').getByText('larger than 5 MiB').waitFor()
    expect(await filesOf()).toEqual([])
  })

  test('of several files each that is refused is named, and the others are added', async () => {
    const product = await house.server.admin.products.create.mutate({
      sku: 'SEVERAL',
      name: 'Several',
      baseUnit: 'box',
    })
    await page.goto(`/admin/products/${product.id}/show/attachments`)
    const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer })
    await page
      .getByLabel('Add files')
      .setInputFiles([
        file('first.png', png),
        file('no picture.png', Buffer.from('no picture')),
        file('large.png', Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)])),
        file(`${'n'.repeat(200)}.png`, png),
        file('last.png', png),
      ])
    await page.getByRole('button', { name: 'Save “last.png”' }).waitFor()
    await page.getByRole('alert').nth(2).waitFor()
    expect(await page.getByRole('alert').allInnerTexts()).toEqual([
      '“large.png” was not added. It is larger than 5 MiB.',
      expect.stringMatching(/^“no picture\.png” was not added\. Files are PNG/),
      `“${'n'.repeat(59)}…” was not added. File name: at most 200 characters.`,
    ])
    expect(await page.getByRole('button', { name: /^Save “/ }).count()).toBe(2)
  })

  test('of many pictures those are loaded that come into sight', async () => {
    const { admin } = house.server
    const product = await admin.products.create.mutate({
      sku: 'ALBUM',
      name: 'Album',
      baseUnit: 'box',
    })
    const names = Array.from({ length: 40 }, (_, number) => `picture ${number + 1}.png`)
    for (const fileName of names) {
      await admin.attachments.add.mutate({
        entity: 'product',
        entityId: product.id,
        fileName,
        content: png.toString('base64'),
      })
    }
    let loaded = 0
    page.on('request', (request) => {
      if (new URL(request.url()).pathname.startsWith('/attachments/')) loaded++
    })
    await page.goto(`/admin/products/${product.id}/show/attachments`)
    await page.getByText(names.at(-1)!).waitFor()
    expect(await isShown(names[0]!)).toBe(true)
    expect(await page.getByRole('img', { name: names.at(-1)! }).count()).toBe(0)
    const before = loaded
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(names.length)
    await page.getByText(names.at(-1)!).scrollIntoViewIfNeeded()
    await page.getByRole('img', { name: names.at(-1)! }).waitFor()
    expect(await isShown(names.at(-1)!)).toBe(true)
    expect(loaded).toBeGreaterThan(before)
  })

  test('an operator adds a file where it is dropped, and is offered no removal', async () => {
    const own = await house.newPage()
    await signIn(own, '/admin', operator)
    await own.goto(`/admin/products/${productId}/show/attachments`)
    const hint = own.getByText('or drop them here')
    const dropped = await own.evaluateHandle((base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0)!)
      const transfer = new DataTransfer()
      transfer.items.add(new File([bytes], 'dropped.png', { type: 'image/png' }))
      return transfer
    }, png.toString('base64'))
    await hint.dispatchEvent('drop', { dataTransfer: dropped })
    await own.getByRole('img', { name: 'dropped.png' }).waitFor()
    await own.getByRole('button', { name: 'Save “dropped.png”' }).waitFor()
    expect(await own.getByRole('button', { name: /^Remove/ }).count()).toBe(0)
    expect(await filesOf()).toMatchObject([{ fileName: 'dropped.png', createdByName: 'olga' }])
  })
})
