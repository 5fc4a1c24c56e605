import { foreignKey, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, lifecycle } from './columns.ts'

/** What kind of goods a product is: a tree. A trigger refuses a category below itself. */
export const categories = pgTable(
  'categories',
  { id: id(), parentId: uuid('parent_id'), name: text('name').notNull(), ...lifecycle },
  (table) => [
    foreignKey({
      name: 'categories_parent_id_fkey',
      columns: [table.parentId],
      foreignColumns: [table.id],
    }),
    // Two branches may each have "Other"; one branch may not have it twice. Also finds the children.
    unique('categories_parent_id_name_key').on(table.parentId, table.name).nullsNotDistinct(),
    index('categories_name_idx').on(table.name, table.id), // the list, page by page
  ],
)
