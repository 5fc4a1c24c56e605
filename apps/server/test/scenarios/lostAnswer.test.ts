import { createStockbookClient, newCommandId } from '@stockbook/client'
import { commands, stockMovements } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createCommandJournal } from '../../src/testing/commandJournal.ts'
import { expectReplayChangesNothing, expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer, testPassword } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand } from '../../src/testing/warehouse.ts'

test('a receipt whose answer is lost three times is in the book once', async () => {
  await using server = await startTestServer()
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  const receive = (quantity: number) => ({
    commandId,
    lines: [{ type: 'incoming' as const, productId, toLocationId: bin, quantity }],
  })
  const commandId = newCommandId()
  const answers: unknown[] = []
  const client = createStockbookClient({
    url: server.url,
    auth: { username: 'olga', password: testPassword },
    maxRetries: 3,
    async fetch(input, init) {
      const answer = await globalThis.fetch(input, init)
      if (!String(input).includes('movements.post')) return answer
      answers.push(await answer.clone().json())
      if (answers.length <= 3) throw new TypeError('the network dropped the answer')
      return answer
    },
  })

  const answer = await client.movements.post.mutate(receive(24))
  expect(answers).toHaveLength(4)
  expect(answer).toMatchObject({ commandId, replayed: true, movements: [{ quantity: 24 }] })
  const first = answers[0] as { result: { data: { json: object } } }
  expect(first.result.data.json).toMatchObject({ replayed: false })
  for (const later of answers.slice(1)) {
    expect(later).toEqual({
      result: {
        data: { ...first.result.data, json: { ...first.result.data.json, replayed: true } },
      },
    })
  }
  expect(await server.db.$count(stockMovements)).toBe(1)

  await expect(client.movements.post.mutate(receive(25))).rejects.toMatchObject({
    code: 'COMMAND_ID_REUSED',
    detail: { commandId },
  })
  expect(await onHand(server.operator, productId)).toBe(24)
  await expectSoundBook(server)
})

test('what was refused for want of stock stays refused under its id, when there is enough too', async () => {
  await using server = await startTestServer()
  const [bin] = await makeBins(server.admin, 1)
  const { id: productId } = await makeProduct(server.admin)
  const journal = createCommandJournal(server.operator)
  const receive = (quantity: number) =>
    journal.post({ lines: [{ type: 'incoming', productId, toLocationId: bin, quantity }] })
  const ship = (commandId: string) =>
    journal.post({
      commandId,
      lines: [{ type: 'outgoing', productId, fromLocationId: bin, quantity: 9 }],
    })
  await receive(4)
  const refused = newCommandId()

  const refusal = { code: 'INSUFFICIENT_STOCK', detail: { available: 4, requested: 9 } }
  await expect(ship(refused)).rejects.toMatchObject(refusal)
  await receive(10)
  await expect(
    server.operator.movements.post.mutate({
      commandId: refused,
      lines: [{ type: 'outgoing', productId, fromLocationId: bin, quantity: 9 }],
    }),
  ).rejects.toMatchObject({ ...refusal, detail: { ...refusal.detail, replayed: true } })
  expect(await onHand(server.operator, productId)).toBe(14)

  await ship(newCommandId())
  expect(await onHand(server.operator, productId)).toBe(5)
  expect(await server.db.$count(commands, eq(commands.outcome, 'refused'))).toBe(1)
  await expectSoundBook(server)
  await expectReplayChangesNothing(server, journal)
})
