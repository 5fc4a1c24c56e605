import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { moment } from './columns.ts'
import { commands } from './commands.ts'
import { inventoryChecks } from './inventoryChecks.ts'
import { lots } from './lots.ts'
import { partners } from './partners.ts'
import { products } from './products.ts'
import { users } from './users.ts'

export const attachmentMediaType = pgEnum('attachment_media_type', [
  'image/png',
  'image/jpeg',
  'image/webp',
  'application/pdf',
  'text/csv',
])

/**
 * A file that belongs to one row: a picture of a product, the note of a delivery. Its bytes stand in
 * `attachment_contents`, so that no list reads them.
 */
export const attachments = pgTable(
  'attachments',
  {
    /** Made by the caller before the first send, and kept over retries. */
    id: uuid('id').primaryKey(),
    productId: uuid('product_id'),
    lotId: uuid('lot_id'),
    partnerId: uuid('partner_id'),
    checkId: uuid('check_id'),
    /** The command whose movements it tells of. */
    commandId: uuid('command_id'),
    fileName: text('file_name').notNull(),
    /** What the bytes themselves say they are. */
    mediaType: attachmentMediaType('media_type').notNull(),
    byteSize: integer('byte_size').notNull(),
    /** Of the bytes, in hexadecimal. It stays in the audit log when they are gone. */
    sha256: text('sha256').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** Set when the bytes were taken away. The row stays, so that a retry adds nothing anew. */
    removedAt: moment('removed_at'),
    removedBy: uuid('removed_by'),
  },
  (table) => [
    foreignKey({
      name: 'attachments_product_id_fkey',
      columns: [table.productId],
      foreignColumns: [products.id],
    }),
    foreignKey({
      name: 'attachments_lot_id_fkey',
      columns: [table.lotId],
      foreignColumns: [lots.id],
    }),
    foreignKey({
      name: 'attachments_partner_id_fkey',
      columns: [table.partnerId],
      foreignColumns: [partners.id],
    }),
    foreignKey({
      name: 'attachments_check_id_fkey',
      columns: [table.checkId],
      foreignColumns: [inventoryChecks.id],
    }),
    foreignKey({
      name: 'attachments_command_id_fkey',
      columns: [table.commandId],
      foreignColumns: [commands.id],
    }),
    foreignKey({
      name: 'attachments_created_by_fkey',
      columns: [table.createdBy],
      foreignColumns: [users.id],
    }),
    foreignKey({
      name: 'attachments_removed_by_fkey',
      columns: [table.removedBy],
      foreignColumns: [users.id],
    }),
    check(
      'attachments_one_entity_check',
      sql`num_nonnulls(${table.productId}, ${table.lotId}, ${table.partnerId}, ${table.checkId}, ${table.commandId}) = 1`,
    ),
    check('attachments_byte_size_check', sql`${table.byteSize} between 1 and 5242880`),
    check(
      'attachments_removed_check',
      sql`(${table.removedAt} is null) = (${table.removedBy} is null)`,
    ),
    // The files of one row, oldest first. A row has few, and most rows have none.
    index('attachments_product_id_idx')
      .on(table.productId, table.createdAt, table.id)
      .where(sql`${table.productId} is not null`),
    index('attachments_lot_id_idx')
      .on(table.lotId, table.createdAt, table.id)
      .where(sql`${table.lotId} is not null`),
    index('attachments_partner_id_idx')
      .on(table.partnerId, table.createdAt, table.id)
      .where(sql`${table.partnerId} is not null`),
    index('attachments_check_id_idx')
      .on(table.checkId, table.createdAt, table.id)
      .where(sql`${table.checkId} is not null`),
    index('attachments_command_id_idx')
      .on(table.commandId, table.createdAt, table.id)
      .where(sql`${table.commandId} is not null`),
    index('attachments_created_by_idx').on(table.createdBy, table.createdAt), // "how much did she add this hour"
  ],
)
