import { attachments, inventoryChecks, stockMovements } from '@stockbook/db'
import { and, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { isCheckInside } from '../checks/isCheckInside.sql.ts'
import type { WarehouseScope } from '../locations/warehouseScope.sql.ts'
import { isVisible } from '../movements/isVisible.sql.ts'

/**
 * That a file belongs to something that the caller may see. Products, lots and partners are everybody's;
 * a check and a command are of the warehouses that they are about. Undefined: all is.
 */
export function isOpenTo(scope: WarehouseScope): SQL | undefined {
  const insideCheck = isCheckInside(scope)
  if (insideCheck === undefined) return undefined
  return and(
    or(
      sql`${attachments.checkId} is null`,
      sql`exists (select from ${inventoryChecks}
        where ${inventoryChecks.id} = ${attachments.checkId} and ${insideCheck})`,
    ),
    or(sql`${attachments.commandId} is null`, isCommandInside(attachments.commandId, scope)),
  )
}

/**
 * That a command, given by its id, has moved something, and nothing that the caller may not see: its file
 * tells of all of it. Undefined: all may be seen.
 */
export function isCommandInside(commandId: SQLWrapper, scope: WarehouseScope): SQL | undefined {
  const visible = isVisible(scope)
  if (visible === undefined) return undefined
  const ofCommand = sql`select from ${stockMovements} where ${stockMovements.commandId} = ${commandId}`
  return sql`exists (${ofCommand}) and not exists (${ofCommand} and not coalesce(${visible}, false))`
}
