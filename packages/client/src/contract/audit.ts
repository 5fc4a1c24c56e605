import { z } from 'zod'
import { query } from './define.ts'
import { listInput, page } from './list.ts'
import { id, moment } from './values.ts'
import { choiceIs, idOrNullIs, integerIs, momentIs, textIs, textOrNullIs } from './where.ts'

/** What the audit log tells of: rows of tables, and things that are done with several at once. */
export const auditedEntity = z.enum([
  'product',
  'category',
  'location',
  'partner',
  'lot',
  'command',
  'reservation',
  'check',
  'check_line',
  'check_count',
  'closing',
  'abc',
  'user',
  'session',
  'apiKey',
  'attachment',
])

export type AuditedEntity = z.infer<typeof auditedEntity>

export const auditEntry = z.object({
  id: z.int(),
  recordedAt: moment,
  /** `null`: from the server's command line, or by somebody who had not signed in. */
  actorId: id.nullable(),
  actorName: z.string().nullable(),
  /** The procedure, for instance `products.update`. */
  action: z.string(),
  /** What was changed, for instance `product`; a later version may know more than `list` asks for. */
  entity: z.string(),
  entityId: z.string(),
  /** As it was. `null`: it did not exist. Secrets are left out. */
  before: z.record(z.string(), z.unknown()).nullable(),
  /** As it is since. */
  after: z.record(z.string(), z.unknown()).nullable(),
  /** The request in the server's log. */
  requestId: z.string(),
})

/** A place in the chain: keep it elsewhere, and `verify` will notice if the end is cut off. */
export const chainHead = z.strictObject({
  position: z.int().min(0),
  hash: z.string().regex(/^([0-9a-f]{64})?$/),
})

export const audit = {
  /** Who changed what. */
  list: query('admin', {
    input: z.strictObject({
      ...listInput(['id', 'recordedAt']),
      /** Newest first by default. */
      direction: z.enum(['ascending', 'descending']).default('descending'),
      entity: auditedEntity.optional(),
      entityId: z
        .string()
        .max(100)
        .regex(/^[\w-]+$/)
        .optional(),
      /** Also what was done with the files of the row that `entity` and `entityId` name. Default `false`. */
      includeAttachments: z.boolean().default(false),
      action: z
        .string()
        .max(100)
        .regex(/^[\w.]+$/)
        .optional(),
      actorId: id.optional(),
      /** Recorded at or after. */
      recordedFrom: moment.optional(),
      /** Recorded before. */
      recordedBefore: moment.optional(),
      /**
       * What the fields of a row must be like; all that is given must hold. `id`, `recordedAt` and `actorId`
       * are looked up; any other field reads the log from its newer end until the page is full.
       */
      where: z
        .strictObject({
          id: integerIs,
          recordedAt: momentIs,
          actorId: idOrNullIs,
          actorName: textOrNullIs,
          action: textIs,
          entity: choiceIs(auditedEntity),
          entityId: textIs,
          requestId: textIs,
        })
        .optional(),
    }),
    output: page(auditEntry),
  }),
  /**
   * For a program that keeps up with changes: the entries behind a place in the chain, in its order.
   * The ids of `list` are given before a change is committed, so one may turn up behind a greater one
   * that was read already; a link is given afterwards, about a second later, and none turns up before
   * another. (Where ten thousand others came in between, `verify` links it.) Throws INVALID_CURSOR when the chain does not have that place, as after the restore of an
   * older backup: begin anew.
   */
  follow: query('admin', {
    input: z.strictObject({
      /** The `head` of the answer before. Default: the beginning. */
      after: chainHead.optional(),
      /** Only entries about these. Default: all. */
      entities: z.array(auditedEntity).min(1).max(20).optional(),
      /** At most so many entries are gone through. Default 200, at most 1000. */
      limit: z.int().min(1).max(1000).default(200),
    }),
    output: z.object({
      items: z.array(auditEntry),
      /** Up to where the entries were gone through, those about other things too. */
      head: chainHead,
      /** Nothing is behind it as yet. */
      isEnd: z.boolean(),
    }),
  }),
  /** Goes through the chain of hashes: was a row altered, moved or taken out? */
  verify: query('admin', {
    input: z
      .strictObject({
        /** The `head` of an earlier answer, kept elsewhere: finds out whether the end was cut off. */
        expectedHead: chainHead.optional(),
      })
      .optional(),
    output: z.object({
      /** No fault was found. */
      ok: z.boolean(),
      checkedEntries: z.int(),
      /** The end of the chain. */
      head: chainHead,
      /** The first place at which the chain does not hold. */
      firstFault: z
        .object({
          position: z.int(),
          /** `null` when it is not known any more. */
          auditId: z.int().nullable(),
          fault: z.enum(['altered', 'row_missing', 'link_missing', 'head_missing']),
        })
        .nullable(),
    }),
  }),
}
