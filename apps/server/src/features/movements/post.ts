import type { contract, ParsedInput } from '@stockbook/client/contract'
import type { Db, Tx } from '@stockbook/db'
import type { Actor } from '../../context.ts'
import type { Answer, Outcome } from './answer.ts'
import { postTogether } from './batch.ts'
import {
  type CheckPosting,
  type Command,
  commandOfCheck,
  commandToPost,
  commandToReverse,
} from './command.ts'
import { createGatherer, type GatherBounds, type GatherWatch, type Job } from './gather.ts'
import { postInside } from './postInside.ts'

/** The book, as one server process writes into it. */
export type Book = {
  /** Posts a command: all its lines together, or none. The same id never works twice. */
  post(actor: Actor, input: ParsedInput<typeof contract.movements.post>): Promise<Answer>
  /** Takes back movements, or all of a command, by a command that links to them. */
  reverse(actor: Actor, input: ParsedInput<typeof contract.movements.reverse>): Promise<Answer>
  /** How many commands wait for those that are being written. */
  waiting(): number
  /** Refuses new commands, and waits until those that came before are answered. */
  stop(): Promise<void>
}

type CommandJob = Job & { command: Command }

/** Opens the book for writing: commands that wait for others are posted together. */
export function createBook(db: Db, bounds?: GatherBounds, watch?: GatherWatch): Book {
  const gatherer = createGatherer(
    async (jobs: readonly CommandJob[]) => {
      const outcomes = await postTogether(
        db,
        jobs.map(({ command }) => command),
      )
      return outcomes.map((outcome) => () => answerOf(outcome))
    },
    bounds,
    watch,
  )
  const add = (command: Command) =>
    gatherer.add({ command, key: command.commandId, weight: weightOf(command) })
  return {
    post: async (actor, input) => add(commandToPost(actor, input)),
    reverse: async (actor, input) => add(commandToReverse(actor, input)),
    waiting: gatherer.waiting,
    stop: gatherer.stop,
  }
}

/** How many lines a command has that only names another is not known before that is read. */
const unknownLines = 100

function weightOf({ lines, reverses }: Command): number {
  return reverses ? unknownLines : lines.length
}

/**
 * Posts the variances of an inventory check inside the caller's transaction, in the same order of locks
 * and by the same rules as every other command. The caller writes the audit row.
 * @throws StockError when the book refuses it; then nothing of the transaction may be kept
 */
export async function postCheck(tx: Tx, actor: Actor, posting: CheckPosting): Promise<Answer> {
  const command = commandOfCheck(actor, posting)
  const { outcomes, written } = await postInside(tx, [command], { isAudited: false })
  await written
  return answerOf(outcomes[0]!)
}

function answerOf(outcome: Outcome): Answer {
  switch (outcome.is) {
    case 'posted':
      return outcome.answer
    case 'refused':
      throw outcome.refusal
    case 'failed':
      throw outcome.error
    case 'waiting':
      throw new Error('a command was left waiting')
  }
}
