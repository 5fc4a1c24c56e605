import type { StockbookClient } from '@stockbook/client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'
import { count, lineOf, openCheck } from './counting.ts'

let server: TestServer
let productId: string
let anna: StockbookClient<'operator'>

beforeEach(async () => {
  server = await startTestServer()
  const [bin] = await makeBins(server.admin, 1)
  productId = (await makeProduct(server.admin)).id
  await receive(server.operator, productId, bin, 100)
  anna = await server.signInAs('anna', 'operator')
})

afterEach(async () => {
  await server[Symbol.asyncDispose]()
})

const refused = { code: 'SEPARATION_OF_DUTIES' }

test('nobody recounts what was their own count, also not one that was replaced', async () => {
  const { admin, operator } = server
  const { id } = await openCheck(server, { recountPercent: '10' })
  await count(operator, id, productId, 95)
  await count(anna, id, productId, 96)
  await operator.checks.submit.mutate({ id })
  for (const counter of [operator, anna]) {
    await expect(count(counter, id, productId, 100)).rejects.toMatchObject(refused)
  }
  // Who recounts may still correct a slip of the finger.
  await count(admin, id, productId, 10)
  const line = await count(admin, id, productId, 100)
  expect(line.counts.map(({ round, quantity }) => [round, quantity])).toEqual([
    [1, 95],
    [1, 96],
    [2, 10],
    [2, 100],
  ])
  expect(await operator.checks.submit.mutate({ id })).toMatchObject({ status: 'review' })
  expect(await lineOf(operator, id, productId)).toMatchObject({ status: 'accepted' })
})

test('an administrator who counted a line approves nothing, another one does', async () => {
  const { admin } = server
  const dora = await (await server.signInAs('dora', 'admin')).as('admin')
  const { id } = await openCheck(server)
  await count(admin, id, productId, 90)
  // Replaced by somebody else's, it was still a count.
  await count(anna, id, productId, 95)
  await anna.checks.submit.mutate({ id })
  await expect(admin.checks.approve.mutate({ id })).rejects.toMatchObject(refused)
  expect(await admin.checks.get.query({ id })).toMatchObject({ status: 'review', commandId: null })
  expect(await onHand(admin, productId)).toBe(100)
  await dora.checks.approve.mutate({ id })
  expect(await onHand(admin, productId)).toBe(95)
})

test('what an administrator sends back is counted by somebody new, as often as it takes', async () => {
  const { admin, operator } = server
  const { id } = await openCheck(server)
  const { id: lineId } = await lineOf(operator, id, productId)
  await count(operator, id, productId, 95)
  await operator.checks.submit.mutate({ id })
  const back = { id, lineIds: [lineId], remark: 'look behind the pallet' }
  expect(await admin.checks.recount.mutate(back)).toMatchObject({
    status: 'open',
    round: 2,
    toCount: 1,
    remark: 'look behind the pallet',
  })
  await expect(count(operator, id, productId, 99)).rejects.toMatchObject(refused)
  await count(anna, id, productId, 97)
  await anna.checks.submit.mutate({ id })
  await admin.checks.recount.mutate({ id, lineIds: [lineId] })
  await expect(count(anna, id, productId, 99)).rejects.toMatchObject(refused)
  await expect(operator.checks.submit.mutate({ id })).rejects.toMatchObject({
    code: 'COUNT_INCOMPLETE',
    detail: { toCount: 1, lines: [{ id: lineId }] },
  })
  // Nobody is left to count it: the last count stands, and the administrator decides.
  await operator.checks.submit.mutate({ id, skipUncounted: true })
  expect(await lineOf(operator, id, productId)).toMatchObject({ status: 'counted', counted: 97 })
  await admin.checks.approve.mutate({ id })
  expect(await onHand(admin, productId)).toBe(97)
})

test('a line of another check is not sent back with this one', async () => {
  const { admin, operator } = server
  const [one, other] = [await openCheck(server), await openCheck(server)]
  const { id: lineId } = await lineOf(operator, other.id, productId)
  await count(operator, one.id, productId, 95)
  await operator.checks.submit.mutate({ id: one.id })
  await expect(
    admin.checks.recount.mutate({ id: one.id, lineIds: [lineId] }),
  ).rejects.toMatchObject({ code: 'REFERENCE_NOT_FOUND', detail: { value: lineId } })
  expect(await admin.checks.get.query({ id: one.id })).toMatchObject({ status: 'review', round: 1 })
})
