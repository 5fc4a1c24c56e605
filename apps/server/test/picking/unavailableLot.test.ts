import { auditLog } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startTestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, onHand } from '../../src/testing/warehouse.ts'
import { refusal } from '../reservations/calls.ts'
import { stockLot } from './goods.ts'

test('an expired lot goes out only when an administrator says why, and the audit log tells of it', async () => {
  await using server = await startTestServer()
  const { admin, operator, db } = server
  const [bin] = await makeBins(admin, 1)
  const { id: productId } = await makeProduct(admin, { tracking: 'lot' })
  const lot = await stockLot(operator, { productId, code: 'L3', expiresOn: '2026-01-20' }, bin, 12)
  const line = {
    type: 'outgoing' as const,
    productId,
    lotId: lot.id,
    fromLocationId: bin,
    quantity: 12,
  }
  const allowed = { ...line, allowUnavailableLot: true, reason: 'for animal feed' }
  expect(await refusal(operator.movements.post.mutate({ lines: [line] }))).toMatchObject({
    code: 'LOT_NOT_AVAILABLE',
    detail: { lotId: lot.id, lot: 'L3', status: 'expired', expiresOn: '2026-01-20' },
  })
  expect(await refusal(operator.movements.post.mutate({ lines: [allowed] }))).toMatchObject({
    code: 'ADMIN_REQUIRED',
  })
  expect(
    await refusal(admin.movements.post.mutate({ lines: [{ ...line, allowUnavailableLot: true }] })),
  ).toMatchObject({ code: 'INVALID_INPUT' })
  expect(await onHand(operator, productId)).toBe(12)

  const { commandId } = await admin.movements.post.mutate({ lines: [allowed] })
  expect(await onHand(operator, productId)).toBe(0)
  const [row] = await db.select().from(auditLog).where(eq(auditLog.entityId, commandId))
  expect(row!.after).toMatchObject({
    allowedUnavailableLots: [{ lotId: lot.id, status: 'expired', reason: 'for animal feed' }],
  })
})
