import type { Tx } from '@stockbook/db'
import type { StockError } from '../../errors.ts'
import type { BookState } from './bookState.ts'
import type { Command } from './command.ts'
import { countedStands } from './compensations.ts'
import type { Line } from './lines.ts'
import { reservationRule } from '../reservations/reservationRule.ts'

/** A command whose lines make sense by themselves. */
export type ResolvedCommand = { command: Command; lines: readonly Line[] }

/** A command of which it is settled when it happened. */
export type DatedCommand = ResolvedCommand & { occurredAt: Date }

/** A command that is in the book, with the positions of its lines. */
export type AcceptedCommand = DatedCommand & { movementIds: readonly number[] }

/**
 * A rule of a feature beside the book's own. For each transaction it reads once what it judges by, for
 * all commands in it; then it is asked for one command after another.
 */
export type Rule = {
  /**
   * Locks what comes before the stock levels in the order of locks: see `judge.ts`. Like `ask`, it is
   * not waited for before the next statements are sent: it must send its own at once.
   * @param wholeProductIds those of which every level is locked afterwards, as `goods.ts` says
   */
  lockFirst?(
    tx: Tx,
    productIds: readonly string[],
    wholeProductIds: readonly string[],
  ): Promise<void>
  /** Asks what can be asked before the commands are known to make sense. The levels are held by then. */
  ask?(tx: Tx, productIds: readonly string[]): Promise<void>
  /** Reads what else it judges by. The levels are held. */
  load(tx: Tx, commands: readonly ResolvedCommand[], book: BookState): Promise<LoadedRule>
}

export type LoadedRule = {
  /** Lines that the book adds to a command. Their goods and places must be those of its own lines. */
  linesToAdd?(command: DatedCommand): Line[]
  /** Why the command is refused; null when it is not. Changes nothing. */
  refuse?(command: DatedCommand): StockError | null
  /** Takes an accepted command into account for those that are judged after it. */
  accept?(command: AcceptedCommand): void
  /** Writes what follows from the accepted commands, after their movements; null when there is nothing. */
  write?(tx: Tx): Promise<void> | null
}

/** The rules, in the order in which they are asked. */
export const rules: readonly Rule[] = [reservationRule, countedStands]
