import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, lifecycle } from './columns.ts'

export const locationKind = pgEnum('location_kind', ['warehouse', 'zone', 'bin'])

/**
 * A place, in a tree: warehouses at the top, zones inside them, bins at the leaves. Triggers refuse
 * anything below a bin, a location below itself, and a change of kind.
 */
export const locations = pgTable(
  'locations',
  {
    id: id(),
    parentId: uuid('parent_id'),
    /** Only bins hold stock. */
    kind: locationKind('kind').notNull(),
    /** What the label on the shelf says, for instance `A-01-3`. Case does not matter. */
    code: text('code').notNull(),
    name: text('name').notNull(),
    /** Where a picker comes by earlier stands before: ascending. Absent: last. */
    pickSequence: integer('pick_sequence'),
    ...lifecycle,
  },
  (table) => [
    foreignKey({
      name: 'locations_parent_id_fkey',
      columns: [table.parentId],
      foreignColumns: [table.id],
    }),
    check(
      'locations_parent_check',
      sql`(${table.kind} = 'warehouse') = (${table.parentId} is null)`,
    ),
    uniqueIndex('locations_code_key').on(sql`lower(${table.code})`), // a scan must mean one place
    index('locations_parent_id_idx').on(table.parentId), // children, and walking a subtree
    index('locations_name_idx').on(table.name, table.id), // the list, page by page
  ],
)
