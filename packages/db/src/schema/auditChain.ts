import { bigint, foreignKey, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { auditLog } from './auditLog.ts'

/**
 * Links the rows of `audit_log` by hashes, in the order in which they were linked, which is shortly
 * after they were committed: so the writers need not wait for each other.
 */
export const auditChain = pgTable(
  'audit_chain',
  {
    position: bigint('position', { mode: 'number' }).primaryKey(),
    auditId: bigint('audit_id', { mode: 'number' }).notNull(),
    /** SHA-256 of the hash before and of the row. */
    hash: text('hash').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'audit_chain_audit_id_fkey',
      columns: [table.auditId],
      foreignColumns: [auditLog.id],
    }),
    unique('audit_chain_audit_id_key').on(table.auditId),
  ],
)
