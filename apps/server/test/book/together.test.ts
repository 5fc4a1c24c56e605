import { setTimeout } from 'node:timers/promises'
import { newCommandId } from '@stockbook/client'
import { commands, type Db } from '@stockbook/db'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { holdTable } from '../../src/testing/holdTable.ts'
import { openSession, rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { type SecondServer, startSecondServer } from '../../src/testing/secondServer.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import {
  makeBins,
  makeLocation,
  makeProduct,
  onHand,
  receive,
} from '../../src/testing/warehouse.ts'

const nowhere = '00000000-0000-4000-8000-000000000000'

/**
 * A server that posts one batch at a time, with a first command that cannot end before `letGo`: what
 * comes until then is gathered.
 */
async function gatheringServer(server: TestServer, waitingJobs = 100) {
  const gathering = await startSecondServer(server, { posting: { batchesAtOnce: 1, waitingJobs } })
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  await receive(server.operator, productId, bin, 10)
  const { accessToken } = await openSession(gathering.url, 'olga', testPassword)
  const post = (input: object, token = accessToken) =>
    rawCall(gathering.url, 'movements.post', {
      method: 'POST',
      token,
      input: { commandId: newCommandId(), ...input },
    })
  const ship = (quantity = 1, more: object = {}) =>
    post({ ...more, lines: [{ type: 'outgoing', productId, fromLocationId: bin, quantity }] })
  const held = await holdTable(server.databaseUrl, 'stock_movements')
  const first = ship()
  await held.whenOneWaits()
  return { gathering, bin, productId, post, ship, first, letGo: held.release }
}

/** Resolves when so many commands have come to the server and wait. */
async function whenWaiting({ services }: SecondServer, count: number): Promise<void> {
  await expect.poll(() => services.book.waiting(), { timeout: 20_000 }).toBe(count)
}

test('when too many commands wait, the next is told when to come again, and none of the others is lost', async () => {
  await using server = await startTestServer()
  const { gathering, ship, first, letGo, productId } = await gatheringServer(server, 2)
  await using _ = gathering
  const waiting = [ship(), ship()]
  await whenWaiting(gathering, 2)
  const refused = await ship()
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('1')
  expect(refused.failure).toMatchObject({ code: 'UNAVAILABLE', detail: { retryAfterSeconds: 1 } })
  await letGo()
  for (const answer of await Promise.all([first, ...waiting])) expect(answer.status).toBe(200)
  expect(await onHand(server.operator, productId)).toBe(7)
  await expectSoundBook(server)
})

test('commands that wait are posted in one transaction, and judged one after another', async () => {
  await using server = await startTestServer()
  const { gathering, ship, first, letGo, productId } = await gatheringServer(server)
  await using _ = gathering
  const waiting = Array.from({ length: 30 }, () => ship())
  await whenWaiting(gathering, 30)
  await letGo()
  expect((await first).status).toBe(200)
  const answers = await Promise.all(waiting)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(9)
  for (const { failure, status } of answers) {
    if (status !== 200) {
      expect(failure).toMatchObject({
        code: 'INSUFFICIENT_STOCK',
        detail: { available: 0, requested: 1 },
      })
    }
  }
  expect(await onHand(server.operator, productId)).toBe(0)
  expect(await transactionsOf(server.db)).toBe(1)
  expect(await server.admin.audit.verify.query()).toMatchObject({ ok: true })
  await expectSoundBook(server)
})

/** In how many transactions commands were written that share one with others. */
async function transactionsOf(db: Db): Promise<number> {
  const { rows } = await db.execute<{ count: string }>(sql`
    select count(*) from (select xmin::text from ${commands} group by xmin::text having count(*) > 1) as shared`)
  return Number(rows[0]!.count)
}

test('what is wrong with one command never touches those that are posted with it', async () => {
  await using server = await startTestServer()
  // A fault that only the database finds, and that ends the whole transaction.
  await server.db.execute(sql`
    alter table commands add constraint commands_unlucky_check check (reference <> 'unlucky')`)
  const { gathering, ship, post, first, letGo, productId, bin } = await gatheringServer(server)
  await using _ = gathering
  const commandId = newCommandId()
  const incoming = { type: 'incoming', productId, toLocationId: bin, quantity: 1 }
  const good = () => [ship(), post({ lines: [incoming] }), ship(2)]
  const sent = [
    ...good(),
    ship(1, { commandId, reference: 'unlucky' }),
    ship(1000),
    post({ lines: [{ ...incoming, productId: nowhere }] }),
    post({ lines: [{ ...incoming, toLocationId: nowhere }] }),
    ...good(),
  ]
  await whenWaiting(gathering, sent.length)
  await letGo()
  await first
  const answers = await Promise.all(sent)
  expect(answers.map(({ failure }) => failure?.code ?? 'posted')).toEqual([
    'posted',
    'posted',
    'posted',
    'INTERNAL',
    'INSUFFICIENT_STOCK',
    'REFERENCE_NOT_FOUND',
    'REFERENCE_NOT_FOUND',
    'posted',
    'posted',
    'posted',
  ])
  expect(await onHand(server.operator, productId)).toBe(5)
  // Nothing was decided about the unlucky one: its id is free.
  await server.db.execute(sql`alter table commands drop constraint commands_unlucky_check`)
  expect((await ship(1, { commandId, reference: 'unlucky' })).result).toMatchObject({
    commandId,
    replayed: false,
  })
  await expectSoundBook(server)
})

test('the same id sent again while the first is under way works once, and gives the first answer', async () => {
  await using server = await startTestServer()
  const { gathering, ship, first, letGo, productId } = await gatheringServer(server)
  await using _ = gathering
  const commandId = newCommandId()
  const sent = Array.from({ length: 5 }, () => ship(3, { commandId }))
  await whenWaiting(gathering, 5)
  await letGo()
  await first
  const answers = (await Promise.all(sent)).map(
    ({ result }) => result as { replayed: boolean; movements: { id: number }[] },
  )
  expect(answers.map(({ replayed }) => replayed).toSorted()).toEqual([
    false,
    ...Array.from({ length: 4 }, () => true),
  ])
  expect(new Set(answers.map(({ movements }) => movements[0]!.id)).size).toBe(1)
  expect(await onHand(server.operator, productId)).toBe(6)
})

test('a movement that two commands of one batch take back is taken back by the first', async () => {
  await using server = await startTestServer()
  const { gathering, ship, post, first, letGo, productId } = await gatheringServer(server)
  await using _ = gathering
  const waiting = ship(2)
  await whenWaiting(gathering, 1)
  await letGo()
  const { movements } = (await first).result as { movements: { id: number }[] }
  await waiting
  const held = await holdTable(server.databaseUrl, 'stock_movements')
  const blocked = ship()
  await held.whenOneWaits()
  const lines = [{ type: 'reversal', movementId: movements[0]!.id }]
  const both = [post({ lines }), post({ lines })]
  await whenWaiting(gathering, 2)
  await held.release()
  await blocked
  const [winner, loser] = (await Promise.all(both)).toSorted(
    (one, other) => one.status - other.status,
  )
  const { movements: taken } = winner!.result as { movements: { id: number }[] }
  expect(loser!.failure).toMatchObject({
    code: 'ALREADY_REVERSED',
    detail: { line: 0, movementId: movements[0]!.id, reversedById: taken[0]!.id },
  })
  expect(await onHand(server.operator, productId)).toBe(7)
  await expectSoundBook(server)
})

test('a server that is told to stop answers what it took on, and takes on nothing new', async () => {
  await using server = await startTestServer()
  const { gathering, ship, first, letGo, productId } = await gatheringServer(server)
  await using _ = gathering
  const waiting = [ship(), ship()]
  await whenWaiting(gathering, 2)
  const stopped = gathering.services.book.stop()
  expect((await ship()).status).toBe(503)
  await letGo()
  await stopped
  for (const answer of await Promise.all([first, ...waiting])) expect(answer.status).toBe(200)
  expect(await onHand(server.operator, productId)).toBe(7)
})

test('what somebody asked for who is restricted while it waits is done, and nothing after; of who is disabled, nothing', async () => {
  await using server = await startTestServer()
  const { admin } = server
  const { gathering, bin, productId, post, first, letGo } = await gatheringServer(server)
  await using _ = gathering
  const { id: elsewhere } = await makeLocation(admin, 'warehouse', null)
  const fields = { role: 'operator' as const, password: testPassword }
  const rita = await admin.users.create.mutate({ ...fields, username: 'rita' })
  const dora = await admin.users.create.mutate({ ...fields, username: 'dora' })
  const tokens = await Promise.all(
    [rita, dora].map(({ username }) => signInFor(gathering.url, username, testPassword)),
  )
  const line = { type: 'outgoing', productId, fromLocationId: bin, quantity: 1 }
  const ask = (token: string) => post({ lines: [line] }, token)
  const waiting = tokens.map(ask)
  await whenWaiting(gathering, 2)
  await admin.users.update.mutate({ id: rita.id, warehouseIds: [elsewhere] })
  await admin.users.disable.mutate({ id: dora.id })
  expect((await ask(tokens[1]!)).failure).toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  const restricted = ask(tokens[0]!)
  await whenWaiting(gathering, 3)
  // Who was let in this very moment is believed.
  await setTimeout(150)
  await letGo()
  expect((await first).status).toBe(200)
  expect((await waiting[0])!.status).toBe(200)
  expect((await waiting[1])!.failure).toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  expect((await restricted).failure).toMatchObject({ code: 'OUTSIDE_WAREHOUSES' })
  expect(await onHand(server.operator, productId)).toBe(8)
})
