import type { Resource } from '../resources/describe.ts'

/** Fields that a column names like the row they are of; a filter of that row stands beside theirs. */
const namesOfOthers = ['productName', 'locationCode', 'lotCode', 'supplierName', 'partnerName']

/** The message that names a field in the filters of a list. */
export function labelOf({ name: table }: Resource, field: string): string {
  return namesOfOthers.includes(field)
    ? `operators.of.${field}`
    : `resources.${table}.fields.${field}`
}
