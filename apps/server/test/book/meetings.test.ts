import { newCommandId } from '@stockbook/client'
import { commands, stockMovements } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { holdLevels } from '../../src/testing/holdTable.ts'
import { startSecondServer } from '../../src/testing/secondServer.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'
import { refusal } from '../reservations/calls.ts'

/*
 * Commands that meet at two servers, in an order that is certain: what both work on is held until the
 * first waits for it, and the second waits for the first.
 */

/** Two servers, and ten of a product in a bin. */
async function startTwoServers() {
  const server = await startTestServer()
  const second = await startSecondServer(server)
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  const { commandId, movements } = await receive(server.operator, productId, bin, 10)
  return {
    server,
    here: server.operator,
    there: second.operator,
    bin,
    productId,
    received: { commandId, movementId: movements[0]!.id },
    outgoing: (quantity: number) => ({
      type: 'outgoing' as const,
      productId,
      fromLocationId: bin,
      quantity,
    }),
    hold: () => holdLevels(server.databaseUrl, productId),
    async [Symbol.asyncDispose]() {
      await second[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

test('a command that is sent to another server while it is under way is done once, and both tell the same', async () => {
  await using two = await startTwoServers()
  const { server, here, there, productId, outgoing } = two
  const command = { commandId: newCommandId(), lines: [outgoing(3)] }
  const held = await two.hold()
  const first = here.movements.post.mutate(command)
  await held.whenWaiting(1)
  const again = there.movements.post.mutate(command)
  await held.whenWaiting(2)
  await held.release()
  expect(await again).toEqual({ ...(await first), replayed: true })
  expect(await onHand(here, productId)).toBe(7)
  await expectSoundBook(server)
})

test('a command that is refused while another server is asked the same is refused there as a repetition', async () => {
  await using two = await startTwoServers()
  const { server, here, there, outgoing } = two
  const command = { commandId: newCommandId(), lines: [outgoing(11)] }
  const held = await two.hold()
  const first = refusal(here.movements.post.mutate(command))
  await held.whenWaiting(1)
  const again = refusal(there.movements.post.mutate(command))
  await held.whenWaiting(2)
  await held.release()
  const { code, detail } = await first
  expect({ code, available: detail.available }).toEqual({
    code: 'INSUFFICIENT_STOCK',
    available: 10,
  })
  expect(await again).toEqual({ code, detail: { ...detail, replayed: true } })
  expect(await server.db.$count(commands, eq(commands.id, command.commandId))).toBe(1)
})

test('a command that breaks off while another server waits for its end is done there, once', async () => {
  await using two = await startTwoServers()
  const { server, here, there, productId, outgoing } = two
  const command = { commandId: newCommandId(), lines: [outgoing(3)] }
  const held = await two.hold()
  const first = here.movements.post.mutate(command)
  await held.whenWaiting(1)
  const again = there.movements.post.mutate(command)
  await held.whenWaiting(2)
  // The one that waits for the goods; the other waits for the id. Its client sends it again.
  await held.whenOneWaits(`wait_event <> 'advisory' and pg_terminate_backend(pid)`)
  await held.release()
  const answers = await Promise.all([first, again])
  expect(answers.map(({ replayed }) => replayed).toSorted()).toEqual([false, true])
  expect(answers[0]!.movements).toEqual(answers[1]!.movements)
  expect(await onHand(here, productId)).toBe(7)
  await expectSoundBook(server)
})

test('another command under an id that is under way at another server is refused', async () => {
  await using two = await startTwoServers()
  const { server, here, there, productId, bin, outgoing } = two
  const commandId = newCommandId()
  const held = await two.hold()
  const first = here.movements.post.mutate({ commandId, lines: [outgoing(3)] })
  await held.whenWaiting(1)
  const others = [
    refusal(there.movements.post.mutate({ commandId, lines: [outgoing(4)] })),
    refusal(there.reservations.hold.mutate({ commandId, productId, locationId: bin, quantity: 1 })),
  ]
  await held.whenWaiting(3)
  await held.release()
  expect(await first).toMatchObject({ replayed: false })
  for (const other of await Promise.all(others)) {
    expect(other).toMatchObject({ code: 'COMMAND_ID_REUSED', detail: { commandId } })
  }
  expect(await onHand(here, productId)).toBe(7)
  await expectSoundBook(server)
})

test.each(['movement', 'command'] as const)(
  'who takes back a %s that somebody else is taking back at another server learns of it',
  async (what) => {
    await using two = await startTwoServers()
    const { server, here, there, productId, bin, received } = two
    await receive(here, productId, bin, 10)
    const held = await two.hold()
    const first = here.movements.reverse.mutate({
      movementIds: [received.movementId],
      reason: 'a mistake',
    })
    await held.whenWaiting(1)
    const other = refusal(
      there.movements.reverse.mutate({
        ...(what === 'movement'
          ? { movementIds: [received.movementId] }
          : { reversedCommandId: received.commandId }),
        reason: 'the same mistake',
      }),
    )
    await held.whenWaiting(2)
    await held.release()
    const { movements } = await first
    expect(await other).toMatchObject({
      code: 'ALREADY_REVERSED',
      detail: { movementId: received.movementId, reversedById: movements[0]!.id },
    })
    const { movementId } = received
    expect(await server.db.$count(stockMovements, eq(stockMovements.reversesId, movementId))).toBe(
      1,
    )
    expect(await onHand(here, productId)).toBe(10)
    await expectSoundBook(server)
  },
)
