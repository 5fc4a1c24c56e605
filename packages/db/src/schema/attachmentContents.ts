import { sql } from 'drizzle-orm'
import { bytea, check, foreignKey, pgTable, uuid } from 'drizzle-orm/pg-core'
import { attachments } from './attachments.ts'

/** The bytes of an attachment. Taken away with it; there is none for one that was removed. */
export const attachmentContents = pgTable(
  'attachment_contents',
  {
    attachmentId: uuid('attachment_id').primaryKey(),
    content: bytea('content').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'attachment_contents_attachment_id_fkey',
      columns: [table.attachmentId],
      foreignColumns: [attachments.id],
    }),
    check(
      'attachment_contents_content_check',
      sql`octet_length(${table.content}) between 1 and 5242880`,
    ),
  ],
)
