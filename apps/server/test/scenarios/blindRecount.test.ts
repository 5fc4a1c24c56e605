import { newCommandId } from '@stockbook/client'
import { expect, test } from 'vitest'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'
import { adjustmentsOf, changeOf, lineOf, openCheck } from '../checks/counting.ts'
import { recordedClient, valuesIn } from '../checks/recorded.ts'

test('a blind count that is off is settled by another person’s, and posted once', async () => {
  await using server = await startTestServer()
  const { admin } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin, { unitCost: '3.50' })
  await receive(server.operator, productId, bin, 250)
  await server.signInAs('anna', 'operator')
  await server.signInAs('boris', 'operator')
  const [a, b] = [recordedClient(server, 'anna'), recordedClient(server, 'boris')]

  const { id } = await openCheck(server, {
    isBlind: true,
    acceptPercent: '2',
    acceptValue: '20.00',
    recountPercent: '5',
  })
  const line = await lineOf(a.client, id, productId)
  const counted = await a.client.checks.count.mutate({ lineId: line.id, quantity: 238 })
  expect(counted).toMatchObject({ status: 'counted', counted: 238, expected: null })
  expect(await a.client.checks.submit.mutate({ id })).toMatchObject({ status: 'open', round: 2 })
  expect(await lineOf(a.client, id, productId)).toMatchObject({ status: 'recount' })

  const again = a.client.checks.count.mutate({ lineId: line.id, quantity: 249 })
  await expect(again).rejects.toMatchObject({ code: 'SEPARATION_OF_DUTIES' })

  // The other one is not told what the first one counted.
  expect(await lineOf(b.client, id, productId)).toMatchObject({ counts: [], counted: null })
  await b.client.checks.count.mutate({ lineId: line.id, quantity: 249 })
  expect(await a.client.checks.submit.mutate({ id })).toMatchObject({ status: 'review', round: 2 })
  await lineOf(a.client, id, productId)

  expect(await lineOf(admin, id, productId)).toMatchObject({
    status: 'accepted',
    counts: [
      { round: 1, quantity: 238, countedByName: 'anna' },
      { round: 2, quantity: 249, countedByName: 'boris' },
    ],
    expected: 250,
    variance: -1,
    variancePercent: '-0.4',
    varianceValue: '-3.5',
  })

  const command = { id, commandId: newCommandId() }
  const clicks = await Promise.allSettled([
    admin.checks.approve.mutate(command),
    admin.checks.approve.mutate(command),
    admin.checks.approve.mutate({ id }),
  ])
  const answers = clicks.flatMap((click) => (click.status === 'fulfilled' ? [click.value] : []))
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  for (const click of clicks) {
    if (click.status === 'rejected') expect(click.reason).toMatchObject({ code: 'WRONG_STATE' })
  }
  expect((await adjustmentsOf(server, id)).map(changeOf)).toEqual([-1])
  expect(await onHand(admin, productId)).toBe(249)

  await a.client.checks.get.query({ id })
  await lineOf(a.client, id, productId)
  for (const [{ bodies }, own] of [
    [a, 238],
    [b, 249],
  ] as const) {
    const told = valuesIn(bodies)
    expect(told).toContain(own)
    // Ids and tokens hold any digits.
    const short = told.map((value) => String(value).replace(/[\w.-]{20,}/g, ''))
    expect(short.filter((value) => /250|4\.8|-12|-42/.test(value))).toEqual([])
  }
  await expectSoundBook(server)
})
