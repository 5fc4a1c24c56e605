import { type ErrorDetail, errorCatalogue, type ServerErrorCode } from '@stockbook/client/contract'
import { StockError } from '../../errors.ts'
import type { EarlierCommand, WrittenMovement } from './book.sql.ts'
import type { Command } from './command.ts'

/** What became of a command that is in the book. */
export type Answer = {
  commandId: string
  replayed: boolean
  occurredAt: Date
  recordedAt: Date
  movements: AnsweredMovement[]
}

export type AnsweredMovement = Pick<
  WrittenMovement,
  | 'id'
  | 'type'
  | 'productId'
  | 'lotId'
  | 'fromLocationId'
  | 'toLocationId'
  | 'quantity'
  | 'reversesId'
  | 'reservationId'
  | 'compensatesId'
>

export type Outcome =
  | { is: 'posted'; answer: Answer }
  /** Refused for the state of the book, which is remembered: the id stays refused. */
  | { is: 'refused'; refusal: StockError }
  /** Nothing was decided and nothing is remembered. */
  | { is: 'failed'; error: unknown }
  /** It depends on what is written by this very transaction: to be posted by a later one. */
  | { is: 'waiting' }

/** What the same command was told the first time; another command under its id is refused. */
export function outcomeAgain(
  earlier: EarlierCommand,
  command: Command,
  movements: readonly WrittenMovement[],
): Outcome {
  if (earlier.contentHash !== command.contentHash) {
    return {
      is: 'failed',
      error: new StockError('COMMAND_ID_REUSED', { commandId: earlier.id }),
    }
  }
  if (earlier.outcome === 'refused') {
    const detail = { ...earlier.refusalDetail, replayed: true }
    return { is: 'refused', refusal: rememberedRefusal(earlier.refusalCode, detail) }
  }
  return {
    is: 'posted',
    answer: {
      commandId: earlier.id,
      replayed: true,
      occurredAt: new Date(earlier.occurredMs),
      recordedAt: new Date(earlier.recordedMs),
      movements: movements.filter(({ commandId }) => commandId === earlier.id),
    },
  }
}

/** A refusal as it is kept, so that the first time it reads like every later time. */
export function rememberedRefusal(code: string | null, detail: object): StockError {
  const known = (code ?? '') in errorCatalogue ? (code as ServerErrorCode) : 'INTERNAL'
  return new StockError(known, JSON.parse(JSON.stringify(detail)) as ErrorDetail)
}
