import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, inTransaction } from '@stockbook/db'
import type { Actor } from '../../context.ts'
import { getCheck } from './checks.ts'
import { changeCheck, lockCheck, refuseChanged, refuseWrongState } from './locked.ts'

type Input = ParsedInput<typeof contract.checks.cancel>

/** Ends a check without posting anything. What was counted stays to be read. */
export function cancelCheck(db: Db, actor: Actor, { id, expectedVersion, reason }: Input) {
  return inTransaction(db, async (tx) => {
    const check = await lockCheck(tx, actor, id, 'no key update')
    refuseWrongState(check, 'open', 'review')
    refuseChanged(check, expectedVersion)
    await changeCheck(tx, actor, check, { status: 'cancelled', remark: reason })
    return getCheck(tx, actor, id)
  })
}
