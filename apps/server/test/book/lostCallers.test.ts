import { setTimeout } from 'node:timers/promises'
import { newCommandId } from '@stockbook/client'
import { commands } from '@stockbook/db'
import { inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { holdLevels } from '../../src/testing/holdTable.ts'
import { openSession, rawCall } from '../../src/testing/rawCall.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer, testPassword } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'

/** A server with three callers who move the goods of one bin, each let in by something else. */
async function start() {
  const server = await startTestServer()
  const { admin, operator, url } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  await receive(operator, productId, bin, 10)
  await server.signInAs('ida', 'operator')
  await server.signInAs('dora', 'operator')
  const ida = await openSession(url, 'ida', testPassword)
  const dora = await openSession(url, 'dora', testPassword)
  const key = await admin.apiKeys.create.mutate({ name: 'scale', role: 'operator' })
  const command = () => ({
    commandId: newCommandId(),
    lines: [{ type: 'outgoing', productId, fromLocationId: bin, quantity: 1 }],
  })
  const post = (authorization: string, input: object) =>
    rawCall(url, 'movements.post', { method: 'POST', headers: { authorization }, input })
  const waiting = async () =>
    /^stockbook_posting_waiting (\d+)/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1]
  return {
    server,
    admin,
    productId,
    command,
    post,
    hold: () => holdLevels(server.databaseUrl, productId),
    whenQueued: (count: number) => expect.poll(waiting, { timeout: 15_000 }).toBe(String(count)),
    callers: {
      endedSession: { authorization: `Bearer ${ida.accessToken}`, id: ida.id },
      disabledUser: { authorization: `Bearer ${dora.accessToken}`, id: dora.user.id },
      revokedKey: { authorization: `ApiKey ${key.key}`, id: key.id },
    },
    async loseAll() {
      await admin.sessions.end.mutate({ id: ida.id })
      await admin.users.disable.mutate({ id: dora.user.id })
      await admin.apiKeys.revoke.mutate({ id: key.id })
      // A caller who was let in this very moment is believed.
      await setTimeout(150)
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

test('who is shut out while a command of theirs waits in the queue gets nothing posted, and those beside are', async () => {
  await using house = await start()
  const { server, productId, post, command } = house
  const held = await house.hold()
  // As many batches as go at once.
  const first = server.operator.movements.post.mutate(command() as never)
  await held.whenWaiting(1)
  const second = server.operator.movements.post.mutate(command() as never)
  await held.whenWaiting(2)
  const asked = Object.values(house.callers).map(({ authorization }) => ({
    authorization,
    input: command(),
  }))
  const lost = asked.map(({ authorization, input }) => post(authorization, input))
  const beside = house.admin.movements.post.mutate(command() as never)
  await house.whenQueued(4)
  await house.loseAll()
  await held.release()
  for (const { status, failure } of await Promise.all(lost)) {
    expect([status, failure?.code]).toEqual([401, 'SIGN_IN_REQUIRED'])
  }
  expect(await beside).toMatchObject({ replayed: false })
  await Promise.all([first, second])
  expect(await onHand(server.operator, productId)).toBe(7)
  const ids = asked.map(({ input }) => input.commandId)
  expect(await server.db.$count(commands, inArray(commands.id, ids))).toBe(0)
  await expectSoundBook(server)
})

test('nor does a command that waits for its goods, nor one that was posted before tell its answer', async () => {
  await using house = await start()
  const { server, productId, post, command } = house
  const { authorization } = house.callers.endedSession
  const earlier = command()
  expect((await post(authorization, earlier)).status).toBe(200)
  const held = await house.hold()
  const late = post(authorization, command())
  await held.whenWaiting(1)
  const again = post(authorization, earlier)
  await held.whenWaiting(2)
  await house.loseAll()
  await held.release()
  for (const { failure } of await Promise.all([late, again])) {
    expect(failure?.code).toBe('SIGN_IN_REQUIRED')
  }
  expect(await onHand(server.operator, productId)).toBe(9)
  await expectSoundBook(server)
})

test('an ordinary caller is kept from nothing by what befalls others of the same user', async () => {
  await using house = await start()
  const { server, post, command } = house
  const other = await openSession(server.url, 'ida', testPassword)
  const held = await house.hold()
  const posting = post(`Bearer ${other.accessToken}`, command())
  await held.whenWaiting(1)
  await house.loseAll()
  await held.release()
  expect((await posting).status).toBe(200)
})
