import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { operator, signIn } from '../../src/person.ts'
import { ean13Film } from './ean13Film.ts'
import { labels, stockUp } from './stock.ts'

describeInBrowser('the camera', () => {
  let house: House
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stockbook-film-'))
    const film = join(folder, 'label.y4m')
    await writeFile(film, ean13Film(labels.tea))
    house = await openHouse([
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ])
    await stockUp(house.server)
  })

  afterAll(async () => {
    expect(house.faults).toEqual([])
    await house[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  test('reads a label, with code of this server alone, and loads that only when it is asked for', async () => {
    const page = await house.newPage({ permissions: ['camera'] })
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await signIn(page, '/', operator)
    await page.getByRole('link', { name: 'Receive', exact: true }).click()
    await page.getByText('Scan a product.', { exact: true }).waitFor()
    expect(asked.filter((path) => /\.wasm$|ponyfill/.test(path))).toEqual([])
    await page.getByRole('button', { name: 'Camera' }).click()
    await page.getByText('Scan the place it goes to.', { exact: true }).waitFor()
    await page.getByText('TEA-EARL-GREY').waitFor()
    expect(asked.some((path) => /^\/assets\/zxing_reader.*\.wasm$/.test(path))).toBe(true)
    await page.getByRole('button', { name: 'Stop the camera' }).click()
    await page.getByRole('figure').waitFor({ state: 'detached' })
  })
})
