import { createHash } from 'node:crypto'
import { type ErrorDetail, errorCatalogue, type ServerErrorCode } from '@stockbook/client/contract'
import { commands, type Db, inTransaction, type Tx } from '@stockbook/db'
import stableStringify from 'safe-stable-stringify'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { recordChange } from '../audit/record.ts'
import { claimCommand } from '../movements/book.sql.ts'
import { type Reservation, reservationAfter } from './reservations.ts'
import { findReservations, type ReservationRow } from './reservations.sql.ts'

/** What a command about reservations is, apart from what it does. */
export type Command = {
  kind: 'hold' | 'release'
  commandId: string
  /** All that was asked for: tells a retry from another command under the same id. */
  content: object
  partnerId?: string | null
  reference?: string | null
  note?: string | null
}

/** A reservation that a command made or changed. */
export type Touched = {
  id: string
  /** Where it stood before; null for one that was made. */
  before: ReservationRow | null
}

/** What is to become of a command. */
export type Decision = {
  /** The database's clock, read after all locks. */
  at: Date
} & (
  | { refusal: StockError }
  | {
      refusal: null
      /** Carries it out, and names what it made or changed. */
      write(tx: Tx): Promise<Touched[]>
    }
)

/** The answer, and whether an earlier call gave it first. */
export type Answer = {
  replayed: boolean
  /** In the order in which the command wrote them, as it left them. */
  reservations: Reservation[]
}

/**
 * Decides a command once, and writes what was decided with its audit row. The same command again
 * gets the first answer or the first refusal; `touchedBy` finds what it made or changed.
 * @throws StockError what was decided, or COMMAND_ID_REUSED
 */
export async function decideOnce(
  db: Db,
  actor: Actor,
  { commandId, kind, content, ...header }: Command,
  decide: (tx: Tx) => Promise<Decision>,
  touchedBy: (tx: Tx) => Promise<string[]>,
): Promise<Answer> {
  const contentHash = hashOf({ actorId: actor.id, kind, ...content })
  const outcome = await inTransaction(db, async (tx) => {
    const earlier = await claimCommand(tx, commandId)
    if (earlier) {
      if (earlier.contentHash !== contentHash) {
        throw new StockError('COMMAND_ID_REUSED', { commandId })
      }
      if (earlier.outcome === 'refused') {
        return refusalOf(earlier.refusalCode, { ...earlier.refusalDetail, replayed: true })
      }
      return {
        replayed: true,
        reservations: await reservationsAfter(tx, await touchedBy(tx), commandId),
      }
    }

    const decision = await decide(tx)
    const { refusal } = decision
    await tx.insert(commands).values({
      ...header,
      id: commandId,
      kind,
      contentHash,
      actorId: actor.id,
      outcome: refusal ? 'refused' : 'posted',
      refusalCode: refusal?.code ?? null,
      refusalDetail: refusal?.detail ?? null,
      occurredAt: decision.at,
      recordedAt: decision.at,
    })
    if (refusal) {
      await recordChange(tx, actor, {
        entity: 'command',
        entityId: commandId,
        before: null,
        after: { outcome: 'refused', refusalCode: refusal.code, ...header },
      })
      return refusal
    }
    const touched = await decision.write(tx)
    const ids = touched.map(({ id }) => id)
    const rows = new Map((await findReservations(tx, ids)).map((row) => [row.id, row]))
    for (const { id, before } of touched) {
      const after = rows.get(id)!
      await recordChange(tx, actor, { entity: 'reservation', entityId: id, before, after })
    }
    return { replayed: false, reservations: await reservationsAfter(tx, ids, commandId) }
  })
  // Thrown only now: the refusal had to be committed, so that this id stays refused.
  if (outcome instanceof StockError) throw outcome
  return outcome
}

async function reservationsAfter(tx: Tx, ids: readonly string[], commandId: string) {
  const found: Reservation[] = []
  for (const id of ids) found.push(await reservationAfter(tx, id, commandId))
  return found
}

function refusalOf(code: string | null, detail: ErrorDetail): StockError {
  return new StockError(
    code && code in errorCatalogue ? (code as ServerErrorCode) : 'INTERNAL',
    detail,
  )
}

function hashOf(content: object): string {
  return createHash('sha256')
    .update(stableStringify(content) ?? '')
    .digest('hex')
}
