import { bigint, foreignKey, pgTable } from 'drizzle-orm/pg-core'
import { stockMovements } from './stockMovements.ts'

/**
 * Movements whose effect no count saw that had been taken when the book learned of them, although
 * they are dated before: the exception, said by who posted them. Rows never change.
 */
export const uncountedMovements = pgTable(
  'uncounted_movements',
  {
    movementId: bigint('movement_id', { mode: 'number' }).primaryKey(),
  },
  (table) => [
    foreignKey({
      name: 'uncounted_movements_movement_id_fkey',
      columns: [table.movementId],
      foreignColumns: [stockMovements.id],
    }),
  ],
)
