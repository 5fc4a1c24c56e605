import { createHash } from 'node:crypto'
import {
  type contract,
  type ErrorDetail,
  errorCatalogue,
  type ParsedInput,
  type ServerErrorCode,
} from '@stockbook/client/contract'
import { commands, type Db, inTransaction, partners, type Tx } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import stableStringify from 'safe-stable-stringify'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { recordChange } from '../audit/record.ts'
import { claimCommand, insertMovements, movementsOfCommand } from './book.sql.ts'
import { judge } from './judge.ts'
import { resolveLines } from './lines.ts'

type PostInput = ParsedInput<typeof contract.movements.post>
type ReverseInput = ParsedInput<typeof contract.movements.reverse>
type CommandRow = typeof commands.$inferSelect

/** Posts a command: all its lines together, or none. The same id never works twice. */
export function postMovements(db: Db, actor: Actor, { lines, ...input }: PostInput) {
  const command = { kind: 'post', ...input } as const
  return writeCommand(db, actor, command, hashOf(actor, { ...command, lines }), async () => lines)
}

/** Takes back movements, or all of a command, by a command that links to them. */
export function reverseMovements(db: Db, actor: Actor, input: ReverseInput) {
  const { movementIds, reversedCommandId, reason, ...rest } = input
  const command = { kind: 'reverse', ...rest } as const
  return writeCommand(
    db,
    actor,
    command,
    hashOf(actor, { kind: 'reverse', ...input }),
    async (tx) => {
      const ids = movementIds ?? (await idsOfCommand(tx, reversedCommandId!))
      return ids.map((movementId) => ({ type: 'reversal', movementId, reason }) as const)
    },
  )
}

async function idsOfCommand(tx: Tx, commandId: string): Promise<number[]> {
  const movements = await movementsOfCommand(tx, commandId)
  if (movements.length === 0)
    throw new StockError('NOT_FOUND', { entity: 'command', id: commandId })
  return movements.map(({ id }) => id)
}

type Command = Omit<PostInput, 'lines'> & { kind: 'post' | 'reverse' }

async function writeCommand(
  db: Db,
  actor: Actor,
  { commandId, occurredAt, ...command }: Command,
  contentHash: string,
  readLines: (tx: Tx) => Promise<PostInput['lines']>,
) {
  const outcome = await inTransaction(db, async (tx) => {
    const earlier = await claimCommand(tx, commandId)
    if (earlier)
      return { row: earlier, replayed: true, movements: await repeat(tx, earlier, contentHash) }

    const lines = await resolveLines(tx, await readLines(tx))
    const { refusal: refusedLines, ...times } = await judge(tx, lines, occurredAt)
    const refusal = (await refuseArchivedPartner(tx, command.partnerId)) ?? refusedLines
    const [row] = await tx
      .insert(commands)
      .values({
        ...command,
        ...times,
        id: commandId,
        contentHash,
        actorId: actor.id,
        outcome: refusal ? 'refused' : 'posted',
        refusalCode: refusal?.code ?? null,
        refusalDetail: refusal?.detail ?? null,
      })
      .returning()
    if (!refusal) await insertMovements(tx, row!, lines)
    await recordChange(tx, actor, {
      entity: 'command',
      entityId: commandId,
      before: null,
      after: {
        outcome: row!.outcome,
        refusalCode: row!.refusalCode,
        lines: lines.length,
        reference: row!.reference,
        partnerId: row!.partnerId,
        occurredAt: row!.occurredAt,
      },
    })
    return { row: row!, replayed: false, movements: await movementsOfCommand(tx, commandId) }
  })
  const { row, replayed, movements } = outcome
  // Thrown only now: the refusal had to be committed, so that this id stays refused.
  if (row.outcome === 'refused') throw rememberedRefusal(row, replayed)
  return {
    commandId,
    replayed,
    occurredAt: row.occurredAt,
    recordedAt: row.recordedAt,
    movements,
  }
}

async function refuseArchivedPartner(tx: Tx, partnerId: string | null) {
  if (partnerId === null) return null
  const [partner] = await tx
    .select({ archivedAt: partners.archivedAt })
    .from(partners)
    .where(eq(partners.id, partnerId))
    .for('key share')
  return partner?.archivedAt
    ? new StockError('ARCHIVED', { entity: 'partner', id: partnerId })
    : null
}

/** What a command wrote the first time. Refuses another command under the same id. */
async function repeat(tx: Tx, earlier: CommandRow, contentHash: string) {
  if (earlier.contentHash !== contentHash) {
    throw new StockError('COMMAND_ID_REUSED', { commandId: earlier.id })
  }
  return movementsOfCommand(tx, earlier.id)
}

function rememberedRefusal(row: CommandRow, replayed: boolean): StockError {
  const code = (row.refusalCode ?? '') in errorCatalogue ? row.refusalCode : 'INTERNAL'
  const detail: ErrorDetail = { ...row.refusalDetail, ...(replayed ? { replayed } : {}) }
  return new StockError(code as ServerErrorCode, detail)
}

/** Tells a retry from another command. The actor belongs to it: nobody reads another's answer. */
function hashOf(actor: Actor, content: object): string {
  return createHash('sha256')
    .update(stableStringify({ actorId: actor.id, ...content }) ?? '')
    .digest('hex')
}
