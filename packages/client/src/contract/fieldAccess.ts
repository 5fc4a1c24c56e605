import type { z } from 'zod'
import { checkLine } from './checks.ts'
import type { Role } from './define.ts'
import { product } from './products.ts'
import { categoryStock, expiringLot, productTurnover, slowMover } from './reports.ts'

/** Of those who may call a procedure: who is told a field, and who may give it. */
export type FieldAccess = {
  /** Default `operator`: whoever may call the procedure. */
  readonly read?: Role
  /** Default: whoever may read it. */
  readonly write?: Role
}

/** Rows, wherever an answer has them, and what is said of their fields. */
type RestrictedRows = {
  readonly row: z.ZodObject
  readonly fields: Readonly<Record<string, FieldAccess>>
}

/**
 * By feature (`products`), whose procedures all take the fields by these names, or by procedure
 * (`checks.lines`). Whatever answers have the rows, they are told by the same rule.
 */
export type FieldAccessMap = Readonly<Record<string, RestrictedRows>>

/** A field that is not told to everybody must be optional, so that callers reckon with it. */
type Fields<Row> = {
  readonly [Field in keyof Row]?: undefined extends Row[Field]
    ? FieldAccess
    : Pick<FieldAccess, 'write'>
}

function restrict<Row extends z.ZodObject>(row: Row, fields: Fields<z.output<Row>>) {
  return { row, fields } as { row: Row; fields: Readonly<Record<string, FieldAccess>> }
}

/**
 * Who may read and write a field, where that is not everybody who may call the procedure. Nothing else
 * decides it. What the goods cost is for administrators, and so is every figure that it can be reckoned
 * from.
 */
export const fieldAccess: FieldAccessMap = {
  products: restrict(product, { unitCost: { read: 'admin' } }),
  'checks.lines': restrict(checkLine, { varianceValue: { read: 'admin' } }),
  'reports.stockByCategory': restrict(categoryStock, {
    value: { read: 'admin' },
    withoutValue: { read: 'admin' },
  }),
  'reports.slowMovers': restrict(slowMover, { value: { read: 'admin' } }),
  'reports.abc': restrict(productTurnover, { value: { read: 'admin' } }),
  'reports.expiringLots': restrict(expiringLot, { value: { read: 'admin' } }),
}
