import { z } from 'zod'
import { mutation, query } from './define.ts'
import { listInput, page } from './list.ts'
import { byId, id, line, moment } from './values.ts'

/** The most bytes that a file may have: 5 MiB. */
export const maxAttachmentBytes = 5 * 1024 * 1024

/** The most files that one row may have at a time. */
export const maxAttachments = 50

/** The most bytes that one user may add within an hour: 200 MiB. */
export const maxAttachmentBytesPerHour = 200 * 1024 * 1024

/** What files may be, and how the name of each may end. */
export const attachmentExtensions = {
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
  'text/csv': ['csv'],
} as const

/** What kind of row a file belongs to. `command`: something that was posted, with all its movements. */
export const attachmentEntity = z.enum(['product', 'lot', 'partner', 'check', 'command'])

const mediaType = z.enum(Object.keys(attachmentExtensions) as (keyof typeof attachmentExtensions)[])

export const attachment = z.object({
  id,
  entity: attachmentEntity,
  entityId: id,
  fileName: z.string(),
  /** What the bytes themselves say they are. */
  mediaType,
  byteSize: z.int(),
  /** SHA-256 of the bytes, in hexadecimal. */
  sha256: z.string(),
  createdBy: id,
  createdByName: z.string(),
  createdAt: moment,
  /** Set when the file was removed: its bytes are gone. */
  removedAt: moment.nullable(),
})

/** A last part of a path, which no system reads as more than a name. */
const fileName = line(200)
  .regex(/^[^/\\]*$/, 'must be a name without a path')
  .regex(/^\P{Bidi_Control}*$/u, 'must not hold characters that turn the direction of writing')

/** Files of a row: pictures, delivery notes, photos of damage. Each can be had as its bytes: `client.attachments.content.file`. */
export const attachments = {
  /** The files of a row, oldest first. Those that were removed are not among them. */
  list: query('operator', {
    input: z.strictObject({
      ...listInput(['createdAt']),
      entity: attachmentEntity,
      entityId: id,
    }),
    output: page(attachment),
  }),
  /**
   * Adds a file to a row. PNG, JPEG, WebP, PDF and CSV are taken, at most 5 MiB each, 50 a row, and of
   * one user 200 MiB within an hour. Throws FILE_NOT_ACCEPTED when it is something else, or when its
   * name does not end as its bytes say, PAYLOAD_TOO_LARGE, TOO_MANY_ATTACHMENTS, TOO_MANY_ATTEMPTS with
   * `retryAfterSeconds`, REFERENCE_NOT_FOUND, ARCHIVED, and COMMAND_ID_REUSED when the id has brought
   * another file.
   */
  add: mutation('operator', {
    input: z.strictObject({
      /** Chosen by the caller before the first send and kept over retries; it becomes the file's id. */
      commandId: id,
      entity: attachmentEntity,
      entityId: id,
      /** With its extension, without a path. */
      fileName,
      /** The bytes in base64. */
      content: z
        .base64()
        .min(1)
        .max(7 * 1024 * 1024),
    }),
    output: attachment.extend({
      /** This very file was added before: nothing was done now. */
      replayed: z.boolean(),
    }),
  }),
  /** A file with its bytes. Throws NOT_FOUND, also when it was removed. */
  content: query('operator', {
    input: byId,
    output: attachment.extend({
      /** The bytes in base64. */
      content: z.string(),
    }),
  }),
  /** Takes the bytes away for good. The audit log keeps what it was. Again: changes nothing. */
  remove: mutation('admin', { input: byId, output: attachment }),
}
