import { brokenRule, type Db, inTransaction, isUnavailable, preparedStatement } from '@stockbook/db'
import type { Outcome } from './answer.ts'
import type { Command } from './command.ts'
import { postInside } from './postInside.ts'

/**
 * Posts commands, if possible in one transaction, each with its own outcome: that of one never touches
 * another. When the whole fails with a deadlock, it is tried again; when one of the commands is at
 * fault, that one is found by halves; when the database is away, all have failed.
 */
export async function postTogether(db: Db, commands: readonly Command[]): Promise<Outcome[]> {
  const outcomes = await postOrHalve(db, commands)
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.is !== 'waiting') continue
    outcomes[index] = (await postOrHalve(db, [commands[index]!]))[0]!
  }
  return outcomes
}

async function postOrHalve(db: Db, commands: readonly Command[]): Promise<Outcome[]> {
  try {
    return await postInOneTransaction(db, commands)
  } catch (error) {
    if (commands.length === 1 || isUnavailable(error)) {
      return commands.map(() => ({ is: 'failed', error }))
    }
    const half = Math.ceil(commands.length / 2)
    return [
      ...(await postOrHalve(db, commands.slice(0, half))),
      ...(await postOrHalve(db, commands.slice(half))),
    ]
  }
}

/**
 * PostgreSQL plans a statement anew for every batch when one for fewer products looks cheaper, which
 * takes longer than to carry it out. The plan for any number is the same.
 */
const planOnce = preparedStatement(
  'plan_once',
  `select set_config('plan_cache_mode', 'force_generic_plan', true)`,
)

async function postInOneTransaction(db: Db, commands: readonly Command[]): Promise<Outcome[]> {
  const post = () =>
    inTransaction(db, async (tx, commitWith) => {
      const [, { outcomes, written }] = await Promise.all([planOnce(tx), postInside(tx, commands)])
      commitWith(written)
      return outcomes
    })
  try {
    return await post()
  } catch (error) {
    // The book was closed after this had looked. Seen the second time, the refusal is remembered.
    if (brokenRule(error)?.code !== 'PERIOD_CLOSED') throw error
    return post()
  }
}
