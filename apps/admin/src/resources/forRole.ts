import type { Role } from '@stockbook/client'
import type { Restrictions } from '@stockbook/client/contract'
import type { Field } from '../contract/fields.ts'
import { restrictionsFor } from '../contract/procedures.ts'
import type { Resource } from './describe.ts'

/** Each table as each role may see it: the pages compare it with what they had before. */
const known = new Map<Resource, Map<Role, Resource>>()

/** The table without what somebody of this role is not told, and may not ask for or write. */
export function forRole(resource: Resource, role: Role): Resource {
  const ofResource = known.get(resource) ?? new Map<Role, Resource>()
  known.set(resource, ofResource)
  const restricted = ofResource.get(role) ?? restrict(resource, role)
  ofResource.set(role, restricted)
  return restricted
}

function restrict(resource: Resource, role: Role): Resource {
  const { list, get, create, update, order } = resource
  const [listing, getting, creating, updating] = [list, get, create, update].map((procedure) =>
    procedure ? restrictionsFor(role, procedure) : null,
  )
  if (!listing && !getting && !creating && !updating) return resource
  const hidden = new Set([...(listing?.hidden ?? []), ...(getting?.hidden ?? [])])
  const isTold = (name: string) => !hidden.has(name)
  const sorts = listing?.choices.get('sort') ?? resource.sorts
  return {
    ...resource,
    columnsKey: `${role}.${resource.columnsKey}`,
    fields: resource.fields.filter(({ name }) => isTold(name)),
    columns: resource.columns.filter(isTold),
    filters: given(resource.filters, listing),
    conditions: resource.conditions.filter(({ name }) => !listing?.notNarrowed.has(name)),
    sorts,
    order: { ...order, field: isTold(order.field) ? order.field : (sorts[0] ?? 'id') },
    createFields: given(resource.createFields, creating),
    updateFields: given(resource.updateFields, updating),
  }
}

/** What may be given, with the choices that are left. */
function given(fields: readonly Field[], restrictions: Restrictions | null | undefined): Field[] {
  return fields
    .filter(({ name }) => !restrictions?.notGiven.has(name))
    .map((field) => {
      const choices = restrictions?.choices.get(field.name)
      if (!choices) return field
      const { default: byDefault, ...rest } = field
      const isLeft = typeof byDefault === 'string' && choices.includes(byDefault)
      return { ...rest, choices, ...(isLeft && { default: byDefault }) }
    })
}
