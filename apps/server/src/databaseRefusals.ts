import { errorCatalogue, type ServerErrorCode } from '@stockbook/client/contract'
import { brokenRule, databaseError, isUnavailable, violatedConstraint } from '@stockbook/db'
import { StockError } from './errors.ts'

/** What a violated constraint means to the caller: the field of the input that is at fault. */
const constraintMeanings: Record<string, { code: ServerErrorCode; entity: string; field: string }> =
  {
    users_username_key: taken('user', 'username'),
    categories_parent_id_name_key: taken('category', 'name'),
    categories_parent_id_fkey: missing('category', 'parentId'),
    partners_kind_code_key: taken('partner', 'code'),
    products_sku_key: taken('product', 'sku'),
    products_category_id_fkey: missing('product', 'categoryId'),
    products_supplier_id_fkey: missing('product', 'supplierId'),
    product_codes_lookup_key_key: taken('product', 'codes'),
    locations_code_key: taken('location', 'code'),
    locations_parent_id_fkey: missing('location', 'parentId'),
    locations_parent_check: { code: 'INVALID_PARENT', entity: 'location', field: 'parentId' },
    lots_product_id_code_key: taken('lot', 'code'),
    lots_product_id_fkey: missing('lot', 'productId'),
    commands_partner_id_fkey: missing('command', 'partnerId'),
    inventory_check_counts_command_id_key: {
      code: 'COMMAND_ID_REUSED',
      entity: 'count',
      field: 'commandId',
    },
  }

/** Rules over several fields, of which a change may give one: which field is at fault, and why. */
const constraintIssues: Record<string, { field: string; message: string }> = {
  products_stock_bounds_check: {
    field: 'maximumStock',
    message: 'must not be less than the minimum stock',
  },
}

function taken(entity: string, field: string) {
  return { code: 'ALREADY_EXISTS', entity, field } as const
}

function missing(entity: string, field: string) {
  return { code: 'REFERENCE_NOT_FOUND', entity, field } as const
}

/**
 * The value that was taken or missing, from PostgreSQL's `Key (column, …)=(value, …) already exists`.
 * The last column is the one that people chose; those before it, ids and kinds, hold no comma.
 */
function offendingValue(error: unknown): string | null {
  const key = /^Key \((.*?)\)=\((.*)\) (?:already exists|is not present)/s
  const [, columns, values] = key.exec(databaseError(error)?.detail ?? '') ?? []
  if (columns === undefined || values === undefined) return null
  const before = columns.split(', ').length - 1
  return values.split(', ').slice(before).join(', ')
}

/** The refusal that a failure of the database stands for, or null when it is a fault of ours. */
export function databaseRefusal(error: unknown): StockError | null {
  const rule = brokenRule(error)
  if (rule && rule.code in errorCatalogue) {
    return new StockError(rule.code as ServerErrorCode, rule.detail, { cause: error })
  }
  const constraint = violatedConstraint(error) ?? ''
  const issue = constraintIssues[constraint]
  if (issue) {
    const { field, message } = issue
    const issues = [{ path: [field], message }]
    return new StockError('INVALID_INPUT', { issues }, { cause: error })
  }
  const meaning = constraintMeanings[constraint]
  if (meaning) {
    const { code, ...detail } = meaning
    return new StockError(code, { ...detail, value: offendingValue(error) }, { cause: error })
  }
  return isUnavailable(error) ? new StockError('UNAVAILABLE', {}, { cause: error }) : null
}
