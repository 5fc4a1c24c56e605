import { testPassword } from '@stockbook/server/src/testing/testServer.ts'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeInBrowser } from '../../src/browser.ts'
import { type House, openHouse } from '../../src/house.ts'
import { administrator, operator, signIn } from '../../src/person.ts'
import { scan } from '../../src/scanner.ts'
import { labels, stockUp } from './stock.ts'

const boris = { username: 'boris', password: testPassword }

describeInBrowser('several people at one device', () => {
  let house: House

  beforeAll(async () => {
    house = await openHouse()
    await stockUp(house.server)
    await house.server.admin.users.create.mutate({
      username: boris.username,
      displayName: 'Boris',
      password: boris.password,
      role: 'operator',
    })
  })

  afterAll(async () => {
    expect(house.faults).toEqual([])
    await house[Symbol.asyncDispose]()
  })

  const atHome = async (page: Page) => {
    await page.getByRole('link', { name: 'Ship', exact: true }).waitFor()
    await page.waitForLoadState('networkidle')
  }
  const signedOut = (page: Page) => page.getByRole('button', { name: 'Sign in' }).waitFor()
  const signOut = async (page: Page) => {
    await page.getByText(/^Settings ·/).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await signedOut(page)
  }
  const receiveTea = async (page: Page) => {
    await page.goto('/#receive')
    await page.getByText('Scan a product.', { exact: true }).waitFor()
    await scan(page, labels.tea)
    await scan(page, labels.dock)
    await page.getByRole('button', { name: 'Receive', exact: true }).click()
  }
  const received = async () => {
    const { items } = await house.server.operator.movements.list.query({ type: 'incoming' })
    return items.filter(({ deviceId }) => deviceId !== null).map(({ actorName }) => actorName)
  }
  const names = async (page: Page) => page.getByText(/^Settings ·/).innerText()
  /** Calls as any page of this origin can. Answers with the status. */
  const rpc = (page: Page, path: string, input: object) =>
    page.evaluate(
      async ([address, body]) => {
        const headers = { 'content-type': 'application/json' }
        return (await fetch(address, { method: 'POST', headers, body })).status
      },
      [`/rpc/${path}`, JSON.stringify({ json: input })] as const,
    )

  test('whoever signed out without a network is signed out when it is back', async () => {
    const page = await house.newPage()
    await signIn(page, '/', operator)
    await atHome(page)
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await page.context().setOffline(true)
    await signOut(page)
    await page.reload()
    await signedOut(page)
    await page.context().setOffline(false)
    await page.reload()
    await signedOut(page)
    expect(await rpc(page, 'auth.refresh', {})).toBe(401)
  })

  test('all tabs follow who signs out and in', async () => {
    const page = await house.newPage()
    await signIn(page, '/', operator)
    await atHome(page)
    const other = await page.context().newPage()
    await other.goto('/')
    await atHome(other)
    const olga = await names(page)
    await signOut(page)
    await signedOut(other)
    await signIn(page, '/', boris)
    await atHome(page)
    await atHome(other)
    expect(await names(other)).toBe(await names(page))
    expect(await names(other)).not.toBe(olga)
    await receiveTea(other)
    await other.getByText('Done').waitFor()
    expect(await received()).toEqual(['Boris'])
  })

  test('what waits is not sent as the work of another who has signed in to the panel', async () => {
    const page = await house.newPage()
    await signIn(page, '/', operator)
    await atHome(page)
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    const before = await received()
    // The server is away for the floor's commands only, so that somebody can sign in meanwhile.
    const context = page.context()
    await context.route(/rpc\/movements\.post/, (route) => route.abort('internetdisconnected'))
    await receiveTea(page)
    await page.getByText('Kept. It is sent when the network is back.').waitFor()
    const other = await context.newPage()
    await other.goto('/admin')
    expect(await rpc(other, 'auth.signIn', { ...administrator, keep: 'cookie' })).toBe(200)
    await page.goto('/#home')
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('movements.post')) sent.push(request.url())
    })
    await page.reload()
    await page.getByText('Commands of other users on this device: 1').waitFor()
    await atHome(page)
    expect(sent).toEqual([])
    await context.unroute(/rpc\/movements\.post/)
    await signOut(page)
    await signIn(page, '/', operator)
    await expect.poll(received).toEqual([operator.username, ...before])
  })

  test('whose session was ended elsewhere is asked to sign in, wherever the server is asked next', async () => {
    const { admin } = house.server
    const page = await house.newPage()
    const { items } = await admin.users.list.query({ where: { username: { equals: 'boris' } } })
    const endSessions = async () => {
      const sessions = await admin.sessions.list.query({ userId: items[0]!.id })
      for (const { id } of sessions.items) await admin.sessions.end.mutate({ id })
    }
    await signIn(page, '/', boris)
    await atHome(page)
    await page.getByRole('link', { name: 'Look up', exact: true }).click()
    await page.getByText('Scan a product or a place.', { exact: true }).waitFor()
    await endSessions()
    await scan(page, labels.tea)
    await page.getByText('Your session has ended.').waitFor()
    await signIn(page, '/', boris)
    await atHome(page)
    await endSessions()
    await page.getByRole('link', { name: 'Count', exact: true }).click()
    await page.getByText('Your session has ended.').waitFor()
  })

  test('a check that one of them counts is not opened for another', async () => {
    const page = await house.newPage()
    await house.server.admin.checks.open.mutate({ title: 'All of it', scope: {} })
    await signIn(page, '/', operator)
    await page.getByRole('link', { name: 'Count', exact: true }).click()
    await page.getByRole('button', { name: 'All of it' }).click()
    await page.getByText('To count:').waitFor()
    await page.getByRole('link', { name: 'All tasks' }).click()
    await atHome(page)
    await signOut(page)
    await signIn(page, '/', boris)
    await page.getByRole('link', { name: 'Count', exact: true }).click()
    await page.getByText('Choose a check.').waitFor()
  })
})
