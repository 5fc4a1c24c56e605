import type { contract, ParsedInput } from '@stockbook/client/contract'
import { type Db, inTransaction, inventoryChecks } from '@stockbook/db'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { recordChange } from '../audit/record.ts'
import { getCheck } from './checks.ts'
import { addLinesInScope, refuseUnknownScope } from './scope.ts'

type Input = ParsedInput<typeof contract.checks.open>

/** Opens an inventory check over the levels in its scope. Nothing is blocked by it. */
export function openCheck(db: Db, actor: Actor, { includeZero, scope, ...input }: Input) {
  return inTransaction(db, async (tx) => {
    await refuseUnknownScope(tx, scope)
    const [row] = await tx
      .insert(inventoryChecks)
      .values({ ...input, scope, openedBy: actor.id })
      .returning()
    const check = row!
    if (!(await addLinesInScope(tx, check.id, scope, includeZero))) {
      throw new StockError('INVALID_INPUT', {
        issues: [{ path: ['scope'], message: 'nothing is in stock there that could be counted' }],
      })
    }
    await recordChange(tx, actor, {
      entity: 'check',
      entityId: check.id,
      before: null,
      after: check,
    })
    return getCheck(tx, actor, check.id)
  })
}
