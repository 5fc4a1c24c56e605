import type { Request, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { operator, signIn } from '../../src/person.ts'
import { scan } from '../../src/scanner.ts'
import { labels, onHand, stockUp } from './stock.ts'

describeInBrowser('a device that loses its network', () => {
  let house: House
  let goods: Awaited<ReturnType<typeof stockUp>>

  beforeAll(async () => {
    house = await openHouse()
    goods = await stockUp(house.server)
  })

  afterAll(async () => {
    expect(house.faults).toEqual([])
    await house[Symbol.asyncDispose]()
  })

  test('goes on, over a reload too, and sends all in order when the network is back', async () => {
    const { server } = house
    const page = await house.newPage()
    await signIn(page, '/', operator)
    // From now on the page opens without a network.
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await page.reload()
    await page.getByRole('link', { name: 'Ship', exact: true }).waitFor()
    // The codes that scans stand for are on the device.
    await page.waitForLoadState('networkidle')

    await page.context().setOffline(true)
    const shipTea = async (quantity: string) => {
      await page.goto('/#ship')
      await page.getByText('Scan a product.', { exact: true }).waitFor()
      await scan(page, labels.tea)
      await page.getByText('Scan the place it comes from.', { exact: true }).waitFor()
      await scan(page, labels.shelf)
      await page.getByRole('textbox', { name: 'Quantity' }).fill(quantity)
      await page.getByRole('button', { name: 'Ship', exact: true }).click()
      await page.getByText('Kept. It is sent when the network is back.').waitFor()
    }
    await shipTea('60')
    await page.reload()
    await page.getByRole('link', { name: 'Waiting to be sent: 1' }).waitFor()
    await page.goto('/#home')
    await shipTea('60')
    await page.getByRole('link', { name: 'Waiting to be sent: 2' }).waitFor()
    expect(await onHand(server, goods.tea.id)).toEqual({ [labels.shelf]: 100 })

    await page.context().setOffline(false)
    await page.getByRole('link', { name: 'To decide: 1' }).click()
    await page.getByText('Not enough at A-01-1: 40 there, 60 wanted.').waitFor()
    expect(await onHand(server, goods.tea.id)).toEqual({ [labels.shelf]: 40 })
    await page.getByRole('button', { name: 'Discard', exact: true }).click()
    await page.getByRole('button', { name: 'Discard it for good' }).click()
    await page.getByText('Nothing to decide.').waitFor()
    const { items } = await server.operator.movements.list.query({ type: 'outgoing' })
    expect(items).toMatchObject([{ quantity: 60, deviceId: expect.stringMatching(/^floor-/) }])
  })

  test('tells of each command that waited what became of it, once, however often it is sent', async () => {
    const { admin, operator: online } = house.server
    const cake = await admin.products.create.mutate({
      sku: 'CAKE',
      name: 'Apple cake',
      baseUnit: 'piece',
      codes: [{ type: 'own', code: 'CAKE-CODE' }],
    })
    const ship = { type: 'outgoing', productId: cake.id, fromLocationId: goods.dock.id } as const
    await online.movements.post.mutate({
      lines: [{ type: 'incoming', productId: cake.id, toLocationId: goods.dock.id, quantity: 10 }],
    })

    const page = await house.newPage()
    await signIn(page, '/', operator)
    await page.getByRole('link', { name: 'Ship', exact: true }).waitFor()
    await page.waitForLoadState('networkidle')
    await page.context().setOffline(true)
    const give = async (task: 'Ship' | 'Receive', quantity: string) => {
      await page.goto(`/#${task.toLowerCase()}`)
      await page.getByText('Scan a product.', { exact: true }).waitFor()
      await scan(page, 'CAKE-CODE')
      await scan(page, labels.dock)
      await page.getByRole('textbox', { name: 'Quantity' }).fill(quantity)
      await page.getByRole('button', { name: task, exact: true }).click()
      await page.getByText('Kept. It is sent when the network is back.').waitFor()
      await page.goto('/#home')
    }
    await give('Ship', '5')
    await online.movements.post.mutate({ lines: [{ ...ship, quantity: 4 }], reference: 'online' })
    await give('Ship', '5')
    await give('Receive', '10')
    expect(await onHand(house.server, cake.id)).toEqual({ [labels.dock]: 6 })

    const sent: Request[] = []
    page.on('request', (request) => {
      if (/movements\.post/.test(request.url())) sent.push(request)
    })
    const syncedAt = new Date()
    await page.context().setOffline(false)
    await page.getByRole('link', { name: 'To decide: 1' }).click()
    await page.getByText('Not enough at B-01-1: 1 there, 5 wanted.').waitFor()
    await page.getByRole('listitem').filter({ hasText: 'Receive 10' }).waitFor()
    expect(await onHand(house.server, cake.id)).toEqual({ [labels.dock]: 11 })

    expect(sent).toHaveLength(3)
    for (const request of sent) {
      const first = await (await request.response())?.json()
      const again = await page.request.fetch(request.url(), {
        method: request.method(),
        headers: await request.allHeaders(),
        data: request.postData() ?? '',
      })
      expect(withoutReplay(await again.json())).toEqual(withoutReplay(first))
    }
    expect(await onHand(house.server, cake.id)).toEqual({ [labels.dock]: 11 })

    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Nothing to decide.').waitFor()
    await expect.poll(() => onHand(house.server, cake.id)).toEqual({ [labels.dock]: 6 })
    const { items } = await online.movements.list.query({ productId: cake.id })
    const ofDevice = items.filter(({ deviceId }) => deviceId?.startsWith('floor-'))
    expect(ofDevice.map(({ type, quantity }) => `${type} ${quantity}`).toSorted()).toEqual([
      'incoming 10',
      'outgoing 5',
      'outgoing 5',
    ])
    const waited = ofDevice.filter(({ occurredAt }) => occurredAt < syncedAt)
    expect(waited).toHaveLength(2)
    expect(waited.every(({ recordedAt }) => recordedAt >= syncedAt)).toBe(true)
  })

  test('says what does not work and what helps, when it goes before the device knows goods and places', async () => {
    const page = await house.newPage()
    // Goods and places do not come through; all else does.
    await page.route(/products\.list/, (route) => route.abort('internetdisconnected'))
    await signIn(page, '/', operator)
    await page.context().setOffline(true)
    await page.getByText('this device has not read goods and places yet').waitFor()
    await page.getByRole('link', { name: 'Receive', exact: true }).click()
    await page.getByText('Until it has, it understands no scan').waitFor()
    await scan(page, labels.tea)
    await page.getByText('Not taken: this device does not know goods and places yet.').waitFor()
    await page.getByText('Scan a product.', { exact: true }).waitFor()
    await page.unroute(/products\.list/)
    await page.context().setOffline(false)
    await page
      .getByText('this device has not read goods and places yet')
      .waitFor({ state: 'detached' })
    await scan(page, labels.tea)
    await page.getByText('Scan the place it goes to.', { exact: true }).waitFor()
    // From now on it goes on without a network, and says from when its knowledge is.
    await page.context().setOffline(true)
    await page.getByText('No network. Scanning goes on with goods and places as of').waitFor()
    await scan(page, labels.dock)
    await page.getByText('Confirm, or clear.', { exact: true }).waitFor()
  })

  test('says no more that there is no network once a command has gone through', async () => {
    const page = await house.newPage()
    await page.addInitScript(() => {
      // The browser says nothing, and the page's own next look is far away.
      addEventListener('online', (event) => event.stopImmediatePropagation())
      globalThis.setInterval = (() => 0) as unknown as typeof setInterval
    })
    await signIn(page, '/', operator)
    await page.getByRole('link', { name: 'Receive', exact: true }).click()
    await page.getByText('Scan a product.', { exact: true }).waitFor()
    await page.waitForLoadState('networkidle')
    await page.context().setOffline(true)
    await page.getByText('No network. Scanning goes on with').waitFor()
    await scan(page, labels.tea)
    await scan(page, labels.otherShelf)
    await page.getByRole('button', { name: 'Receive', exact: true }).click()
    await page.getByText('Kept. It is sent when the network is back.').waitFor()
    await page.context().setOffline(false)
    await page.getByText('Done').waitFor()
    await page.getByText('No network').waitFor({ state: 'detached' })
  })

  test('offers the checks as soon as the network is back', async () => {
    const page = await house.newPage()
    await signIn(page, '/', operator)
    await page.getByRole('link', { name: 'Ship', exact: true }).waitFor()
    await page.waitForLoadState('networkidle')
    await page.context().setOffline(true)
    await page.getByRole('link', { name: 'Count', exact: true }).click()
    await page.getByText('This needs the network.').waitFor()
    await page.context().setOffline(false)
    await page.getByText('No check is open.').waitFor()
  })

  test('tells a server that is busy from a network that is gone, and sends what waited by itself', async () => {
    const page = await house.newPage()
    let refused = 0
    const busy = (route: Route) => {
      refused += 1
      const { pathname, searchParams } = new URL(route.request().url())
      return route.fulfill({
        status: 503,
        headers: { 'retry-after': '1' },
        json: searchParams.has('batch') ? pathname.split(',').map(() => unavailable) : unavailable,
      })
    }
    await page.route(/products\.list/, busy)
    await signIn(page, '/', operator)
    await page
      .getByText('The server is busy and cannot answer at the moment. This device has not read')
      .waitFor()
    await page.unroute(/products\.list/, busy)
    await page.getByRole('button', { name: 'Try now' }).click()
    await page.getByText('The server is busy').waitFor({ state: 'detached' })

    const before = await onHand(house.server, goods.tea.id)
    await page.getByRole('link', { name: 'Receive', exact: true }).click()
    await page.getByText('Scan a product.', { exact: true }).waitFor()
    refused = 0
    await page.route(/\/rpc\//, busy)
    await scan(page, labels.tea)
    await scan(page, labels.otherShelf)
    await page.getByRole('button', { name: 'Receive', exact: true }).click()
    await page.getByText('Kept. It is sent as soon as the server takes it.').waitFor()
    await page
      .getByText('The server is busy and cannot answer at the moment. Waiting to be sent: 1')
      .waitFor()
    expect(await page.getByText('No network').count()).toBe(0)
    expect(refused).toBeGreaterThan(0)
    expect(await onHand(house.server, goods.tea.id)).toEqual(before)
    await page.goto('/#lookup')
    await page.getByText('Scan a product or a place.', { exact: true }).waitFor()
    await scan(page, labels.tea)
    await page.getByRole('alert').filter({ hasText: 'The server is busy' }).waitFor()
    await page.unroute(/\/rpc\//, busy)
    await page.getByRole('link', { name: 'Waiting to be sent: 1' }).waitFor({ state: 'detached' })
    expect(await onHand(house.server, goods.tea.id)).toEqual({
      ...before,
      [labels.otherShelf]: (before[labels.otherShelf] ?? 0) + 1,
    })
  })

  test('takes a command back that nobody has heard of', async () => {
    const page = await house.newPage()
    await signIn(page, '/', operator)
    await page.getByRole('link', { name: 'Receive', exact: true }).click()
    await page.getByText('Scan a product.', { exact: true }).waitFor()
    await page.context().setOffline(true)
    for (let time = 0; time < 2; time++) {
      await scan(page, labels.tea)
      await page.getByText('Scan the place it goes to.', { exact: true }).waitFor()
      await scan(page, labels.dock)
      await page.getByRole('button', { name: 'Receive', exact: true }).click()
      await page.getByText('Scan a product.', { exact: true }).waitFor()
    }
    await page.getByText('Kept. It is sent when the network is back.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Taken back').waitFor()
    await page.getByRole('link', { name: 'Waiting to be sent: 1' }).waitFor()
    await page.context().setOffline(false)
    await page.getByRole('link', { name: 'Waiting to be sent: 1' }).waitFor({ state: 'detached' })
    expect(await onHand(house.server, goods.tea.id)).toMatchObject({ [labels.dock]: 1 })
  })
})

/** As the server answers while too much waits in it. */
const unavailable = {
  error: {
    json: {
      message: 'The server cannot answer at the moment. Try again.',
      code: -32_603,
      data: {
        code: 'SERVICE_UNAVAILABLE',
        httpStatus: 503,
        stockbook: { code: 'UNAVAILABLE', detail: { retryAfterSeconds: 1 }, requestId: 'busy' },
      },
    },
  },
}

/** An answer without what tells its first time from a repetition. */
function withoutReplay(answer: unknown): unknown {
  const ofRepetition = ['replayed', 'requestId']
  return JSON.parse(
    JSON.stringify(answer, (key, value: unknown) =>
      ofRepetition.includes(key) ? undefined : value,
    ),
  )
}
