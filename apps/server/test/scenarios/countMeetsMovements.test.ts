import { expect, test } from 'vitest'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand, receive } from '../../src/testing/warehouse.ts'
import { adjustmentsOf, changeOf, count, openCheck } from '../checks/counting.ts'

const cases = [
  {
    story: '100 there, 97 counted, then 20 received: 117',
    before: 0,
    counted: 97,
    after: 20,
    expected: 100,
    adjustments: [-3],
    atTheEnd: 117,
  },
  {
    story: '100 there, 20 received, then 118 counted: 118',
    before: 20,
    counted: 118,
    after: 0,
    expected: 120,
    adjustments: [-2],
    atTheEnd: 118,
  },
  {
    story: '100 there, 5 shipped, 95 counted, 10 shipped: 85, and nothing to adjust',
    before: -5,
    counted: 95,
    after: -10,
    expected: 95,
    adjustments: [],
    atTheEnd: 85,
  },
]

test.each(cases)('goods move while they are counted, and both are right: $story', async (story) => {
  await using server = await startTestServer()
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin)
  const move = (change: number) => {
    const goods = { productId, quantity: Math.abs(change) }
    return operator.movements.post.mutate({
      lines: [
        change > 0
          ? { ...goods, type: 'incoming', toLocationId: bin }
          : { ...goods, type: 'outgoing', fromLocationId: bin },
      ],
    })
  }
  await receive(operator, productId, bin, 100)
  const { id } = await openCheck(server)

  if (story.before !== 0) await move(story.before)
  const line = await count(operator, id, productId, story.counted)
  expect(line).toMatchObject({
    counted: story.counted,
    expected: story.expected,
    variance: story.counted - story.expected,
    movedSince: 0,
  })
  if (story.after !== 0) await move(story.after)

  await operator.checks.submit.mutate({ id })
  const { items } = await admin.checks.lines.query({ checkId: id })
  expect(items).toMatchObject([{ expected: story.expected, movedSince: story.after === 0 ? 0 : 1 }])
  const approved = await admin.checks.approve.mutate({ id })
  expect(approved).toMatchObject({
    replayed: false,
    adjustments: story.adjustments.length,
    check: { status: 'posted' },
  })
  expect(await onHand(operator, productId)).toBe(story.atTheEnd)
  const adjustments = await adjustmentsOf(server, id)
  expect(adjustments.map(changeOf)).toEqual(story.adjustments)
  for (const adjustment of adjustments) {
    expect(adjustment).toMatchObject({
      type: 'adjustment',
      checkLineId: line.id,
      occurredAt: line.counts[0]!.countedAt,
    })
  }
  await expectSoundBook(server)
})
