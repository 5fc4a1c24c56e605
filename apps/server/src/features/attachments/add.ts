import { createHash } from 'node:crypto'
import { type contract, maxAttachmentBytes, type ParsedInput } from '@stockbook/client/contract'
import { attachmentContents, attachments, type Db, inTransaction, type Tx } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import type { Actor } from '../../context.ts'
import { StockError } from '../../errors.ts'
import { recordChange } from '../audit/record.ts'
import { getAttachment } from './attachments.ts'
import { belongsTo, entityOf, refuseUnfit } from './entities.ts'
import { lockAdding, refuseFlood, refuseFull } from './limits.ts'
import { type MediaType, mediaTypeOf } from './mediaType.ts'

type Input = ParsedInput<typeof contract.attachments.add>

/** Adds a file to a row; or, when it was added under this id before, changes nothing. */
export async function addAttachment(db: Db, actor: Actor, { content, ...file }: Input) {
  const bytes = Buffer.from(content, 'base64')
  if (bytes.length > maxAttachmentBytes) {
    throw new StockError('PAYLOAD_TOO_LARGE', { maxBytes: maxAttachmentBytes })
  }
  const mediaType = await mediaTypeOf(file.fileName, bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return inTransaction(db, async (tx) => {
    await lockAdding(tx, actor.id, file.entityId)
    const replayed = await wasAdded(tx, actor, file, sha256)
    if (!replayed) {
      await refuseUnfit(tx, actor, file)
      await refuseFull(tx, file)
      await refuseFlood(tx, actor.id, bytes.length)
      await insert(tx, actor, file, { mediaType, sha256, bytes })
    }
    return { ...(await getAttachment(tx, file.commandId)), replayed }
  })
}

type File = Omit<Input, 'content'>

/**
 * Whether this very file has come before.
 * @throws StockError COMMAND_ID_REUSED when another has
 */
async function wasAdded(tx: Tx, actor: Actor, file: File, sha256: string): Promise<boolean> {
  // The lock makes a repeated answer wait until the first one is as safe as it will be.
  const [earlier] = await tx
    .select()
    .from(attachments)
    .where(eq(attachments.id, file.commandId))
    .for('no key update')
  if (!earlier) return false
  const { entity, entityId } = entityOf(earlier)
  const isSame =
    entity === file.entity &&
    entityId === file.entityId &&
    earlier.fileName === file.fileName &&
    earlier.sha256 === sha256 &&
    earlier.createdBy === actor.id
  if (isSame) return true
  throw idReused(file)
}

const idReused = ({ commandId }: File) => new StockError('COMMAND_ID_REUSED', { commandId })

async function insert(
  tx: Tx,
  actor: Actor,
  file: File,
  { mediaType, sha256, bytes }: { mediaType: MediaType; sha256: string; bytes: Buffer },
): Promise<void> {
  const { commandId, fileName } = file
  const [after] = await tx
    .insert(attachments)
    .values({
      id: commandId,
      ...belongsTo(file),
      fileName,
      mediaType,
      byteSize: bytes.length,
      sha256,
      createdBy: actor.id,
    })
    .onConflictDoNothing({ target: attachments.id })
    .returning()
  // Nobody else who adds as this user, or to this row, is at work: it is another user's file.
  if (!after) throw idReused(file)
  await tx.insert(attachmentContents).values({ attachmentId: commandId, content: bytes })
  await recordChange(tx, actor, {
    entity: 'attachment',
    entityId: commandId,
    before: null,
    after,
  })
}
