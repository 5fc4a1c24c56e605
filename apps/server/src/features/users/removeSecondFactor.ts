import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, inTransaction } from '@stockbook/db'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { forgetSecret, wrongState } from '../secondFactor/secondFactor.ts'
import { endSessionsOf } from '../sessions/sessions.ts'
import { lockUser } from './users.ts'

/** For a user who has lost the app and the recovery codes. */
export function removeSecondFactorOf(
  db: Db,
  actor: Actor,
  { id }: ParsedInput<typeof contract.users.removeSecondFactor>,
) {
  if (id === actor.id) {
    const message = 'your own is taken away by secondFactor.remove, with a code'
    throw new StockError('INVALID_INPUT', { issues: [{ path: ['id'], message }] })
  }
  return inTransaction(db, async (tx) => {
    const { secondFactorSince } = await lockUser(tx, id)
    if (!secondFactorSince) throw wrongState(id, false)
    const user = await forgetSecret(tx, actor, id)
    await endSessionsOf(tx, id, 'ended_by_other')
    return user
  })
}
