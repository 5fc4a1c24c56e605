import type { Field } from '../contract/fields.ts'
import type { Resource } from '../resources/describe.ts'

/** Filters of lists that are short for one of a field, where their name is not the field's. */
const shortFor: Readonly<Record<string, string>> = {
  types: 'type',
  statuses: 'status',
  disabled: 'disabledAt',
  hasCategory: 'categoryId',
  hasSupplier: 'supplierId',
  hasReorderPoint: 'reorderPoint',
  expiresUntil: 'expiresOn',
  occurredFrom: 'occurredAt',
  occurredBefore: 'occurredAt',
  recordedFrom: 'recordedAt',
  recordedBefore: 'recordedAt',
}

/** Whether a filter is to be chosen by itself: none is where the field of the rows says it already. */
export function isOffered({ conditions }: Resource, { name }: Field): boolean {
  const field = shortFor[name] ?? name
  return conditions.every((condition) => condition.name !== field)
}
