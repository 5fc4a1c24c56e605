import type { AuditedEntity } from '@stockbook/client/contract'
import { type Field, type FieldKind, fieldsOf } from '../contract/fields.ts'
import { procedure, rowSchema } from '../contract/procedures.ts'
import { commonReferences } from '../resources/references.ts'
import { resources } from '../resources/index.ts'
import type { Resource } from '../resources/describe.ts'

/** What is known of the values that the audit log keeps of a thing. */
export type Entity = Pick<Resource, 'name' | 'references'> & { fields: readonly Field[] }

/** The table of the panel whose rows the audit log calls so. */
export function resourceOfEntity(entity: string): Resource | undefined {
  return resources.find(({ auditEntity }) => auditEntity === entity)
}

/** The same descriptions by which the panel shows the thing elsewhere, or those of its procedure. */
export function describeEntity(entity: string): Entity {
  const own = resourceOfEntity(entity)
  return {
    name: own?.name ?? 'audit',
    references: { ...commonReferences, ...own?.references },
    fields: own?.fields ?? withoutTable[entity as AuditedEntity]?.() ?? [],
  }
}

/** How the value of a field is shown, also of one that no description knows: then its form tells. */
export function fieldOfEntity({ fields }: Entity, name: string, values: unknown[]): Field {
  const known = fields.find((field) => field.name === name)
  const value = values.find((one) => one !== null && one !== undefined)
  return known ?? { name, kind: kindOf(value), ...undescribed }
}

const undescribed = { required: false, nullable: true, choices: [], fields: [] } as const

const word = (name: string): Field => ({ name, kind: 'choice', ...undescribed })

/** Things that the audit log tells of and that are no rows of a table of the panel. */
const withoutTable: Partial<Record<AuditedEntity, () => Field[]>> = {
  command: () => [
    word('outcome'),
    word('refusalCode'),
    ...fieldsOf(procedure('movements.post').input, 'input'),
  ],
  closing: () => fieldsOf(procedure('stock.close').output, 'output'),
  check_line: () => fieldsOf(rowSchema('checks.lines'), 'output').filter(isNotStatus),
  check_count: () => fieldsOf(procedure('checks.count').input, 'input'),
  abc: () => fieldsOf(procedure('reports.applyAbc').input, 'input'),
  session: () => [word('endReason')],
  attachment: () => fieldsOf(rowSchema('attachments.list'), 'output'),
}

/** The words for the states of a line are not those for the states of anything else. */
const isNotStatus = ({ name }: Field) => name !== 'status'

function kindOf(value: unknown): FieldKind {
  if (typeof value === 'number') return 'integer'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value !== 'string') return 'value'
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return 'moment'
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return 'day'
  return /^-?\d+\.\d+$/.test(value) ? 'decimal' : 'text'
}
