import { expect, test } from 'vitest'
import { createCommandJournal } from '../../src/testing/commandJournal.ts'
import { expectReplayChangesNothing, expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand } from '../../src/testing/warehouse.ts'

test('cases, inners and pieces come to the same pieces, exactly; a changed case changes no past', async () => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const product = await makeProduct(admin, {
    packagings: [
      { name: 'case', factor: 144 },
      { name: 'inner', factor: 12 },
    ],
  })
  const productId = product.id
  const idOf = (name: string) => product.packagings.find((one) => one.name === name)!.id
  const journal = createCommandJournal(operator)
  const incoming = (quantity: number | string, packaging?: string) =>
    ({
      type: 'incoming',
      productId,
      toLocationId: bin,
      quantity,
      packagingId: packaging ? idOf(packaging) : null,
    }) as const
  const ship = (quantity: number | string) =>
    journal.post({
      lines: [
        { type: 'outgoing', productId, fromLocationId: bin, quantity, packagingId: idOf('case') },
      ],
    })

  const { movements } = await journal.post({
    lines: [incoming(3, 'case'), incoming(5, 'inner'), incoming(7)],
  })
  expect(movements.map(({ quantity }) => quantity)).toEqual([432, 60, 7])
  expect(await onHand(operator, productId)).toBe(499)
  await ship(2)
  expect(await onHand(operator, productId)).toBe(211)
  expect((await ship('0.5')).movements[0]).toMatchObject({ quantity: 72 })
  expect(await onHand(operator, productId)).toBe(139)
  await expect(
    operator.movements.post.mutate({ lines: [incoming('0.3', 'case')] }),
  ).rejects.toMatchObject({
    code: 'QUANTITY_NOT_WHOLE',
    detail: { line: 0, quantity: '0.3', factor: 144, baseUnits: '43.2' },
  })
  expect(await onHand(operator, productId)).toBe(139)

  await admin.products.update.mutate({
    id: productId,
    packagings: [
      { name: 'case', factor: 100 },
      { name: 'inner', factor: 12 },
    ],
  })
  const past = await operator.movements.get.query({ id: movements[0]!.id })
  expect(past).toMatchObject({
    quantity: 432,
    packagingId: idOf('case'),
    packagingQuantity: '3',
  })
  expect((await journal.post({ lines: [incoming(1, 'case')] })).movements[0]).toMatchObject({
    quantity: 100,
  })
  expect(await onHand(operator, productId)).toBe(239)
  await expectSoundBook(server)
  await expectReplayChangesNothing(server, journal)
})
