import type { ComponentType } from 'react'
import type { ApiInputs } from '@stockbook/client'
import type { RaRecord } from 'react-admin'
import { type Condition, conditionsOf } from '../contract/conditions.ts'
import { type Field, type FieldKind, fieldsOf } from '../contract/fields.ts'
import { type ProcedureName, procedure, rowSchema } from '../contract/procedures.ts'
import { commonReferences } from './references.ts'

/** What a maintainer says about a table; everything else comes from the contract. */
export type ResourceWords = {
  /** In addresses and in the names of messages. */
  name: string
  /** Where it stands in the menu. `null`: nowhere, other pages show it. */
  group: MenuGroup | null
  icon: ComponentType
  list: ProcedureName
  get?: ProcedureName
  create?: ProcedureName
  update?: ProcedureName
  /** The field that names a row to a person; `null`: its id. */
  title: string | null
  /** The columns that are there until the user chooses others. */
  columns: readonly string[]
  /** Fields that are changed in the list itself, row by row, by whoever may. Default: none. */
  listEditable?: readonly string[]
  /** Fields that nobody needs to see. Default: none. */
  hidden?: readonly string[]
  /** Which table an id belongs to, where its name does not say it: `parentId`. */
  references?: Readonly<Record<string, string>>
  /** Only some rows of that table may be chosen, for instance `{ supplierId: { kind: 'supplier' } }`. */
  referenceFilters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Kinds that the contract cannot tell, for instance of a decimal string that comes out. */
  kinds?: Readonly<Record<string, FieldKind>>
  /** Other tables whose rows belong to a row of this one: a tab each. */
  related?: readonly RelatedList[]
  /** What can be done with a row besides editing it. */
  actions?: readonly RecordAction[]
  /** What the audit log calls it. Absent: it has no history tab. */
  auditEntity?: string
  /** What the files of a row belong to. Absent: it has none. */
  attachedTo?(row: RaRecord): Pick<ApiInputs['attachments']['list'], 'entity' | 'entityId'>
  /** Its page shows the first picture among its files. */
  hasPicture?: boolean
  /** The rows form a tree by `parentId`. */
  isTree?: boolean
  /** Fields that must differ in a copy. Absent: rows are not copied. */
  cloneWithout?: readonly string[]
  /** Fields of a copy that are made of the row's, where they cannot be the same. Default: none. */
  cloneAs?(row: RaRecord): Readonly<Record<string, unknown>>
  /** A field of a new row that is told this once, so that nothing else may follow. */
  toldOnce?: string
  /** The id of a row that has none of its own. */
  idOf?(row: Readonly<Record<string, unknown>>): string
  /** Its rows are found by this moment, year by year, month by month and day by day. Default: not. */
  dateField?: string
  /** Where a click on a row leads. Default: to the row's page when there is one. */
  rowClick?(row: RaRecord): string
  /** A procedure that answers instead of `list` when this filter is set. */
  listWith?: { filter: string; procedure: ProcedureName }
}

/** The groups of the menu, in their order. */
export const menuGroups = ['stock', 'reports', 'masterData', 'people', 'system'] as const

export type MenuGroup = (typeof menuGroups)[number]

export type RelatedList = {
  resource: string
  /** The filter of the other list that takes this row's id. */
  target: string
  filter?: Readonly<Record<string, unknown>>
}

/** Something that is done with one row, or with several one after the other. */
export type RecordAction = {
  /** Names its messages: `actions.<name>`. */
  name: string
  procedure: ProcedureName
  icon: ComponentType
  /** Whether it makes sense for the row. Default: always. */
  appliesTo?(row: RaRecord): boolean
  /** What the procedure is called with besides what the person is asked for. Default: the row's id. */
  inputOf?(row: RaRecord): Readonly<Record<string, unknown>>
  /** Fields of the procedure's input that the person is asked for. Default: none. */
  ask?: readonly string[]
  /** Can it be done with several rows? Default `true`. */
  isBulk?: boolean
  /** The person is asked whether it is meant. Default `true`; always, when something is asked for. */
  confirm?: boolean
}

/** All that a page needs to know about a table. */
export type Resource = ResourceWords & {
  /** Under this the chosen columns of its list are kept in the browser. */
  columnsKey: string
  /** What one row holds. */
  fields: readonly Field[]
  /** What the list can be narrowed by besides the fields of its rows. */
  filters: readonly Field[]
  /** The fields of its rows that it can be narrowed by. */
  conditions: readonly Condition[]
  /** What the list can be ordered by. Empty: it has an order of its own. */
  sorts: readonly string[]
  /** The list gives its rows page by page. Otherwise all at once. */
  isPaged: boolean
  /** The order of the list until the user chooses another. */
  order: { field: string; order: 'ASC' | 'DESC' }
  createFields: readonly Field[]
  updateFields: readonly Field[]
}

const paging = ['limit', 'cursor', 'sort', 'direction', 'where']
const notAChange = ['id', 'expectedVersion']

/** Fills in what the contract says about a table. */
export function describe(words: ResourceWords): Resource {
  const listInput = fieldsOf(procedure(words.list).input, 'input')
  const createFields = words.create ? fieldsOf(procedure(words.create).input, 'input') : []
  const updateFields = words.update
    ? fieldsOf(procedure(words.update).input, 'input').filter(
        ({ name }) => !notAChange.includes(name),
      )
    : []
  const listed = fieldsOf(rowSchema(words.list), 'output')
  const told = words.get ? fieldsOf(procedure(words.get).output, 'output') : []
  const isListed = ({ name }: Field) => listed.some((field) => field.name === name)
  const extra = words.listWith ? fieldsOf(procedure(words.listWith.procedure).input, 'input') : []
  const filters = listInput.filter(({ name }) => !paging.includes(name))
  const sort = listInput.find(({ name }) => name === 'sort')
  const direction = listInput.find(({ name }) => name === 'direction')?.default
  const entered = new Map([...updateFields, ...createFields].map((field) => [field.name, field]))
  const asWritten = (field: Field): Field => {
    const kind = words.kinds?.[field.name]
    return kind === undefined ? field : { ...field, kind }
  }
  return {
    ...words,
    columnsKey: `${words.name}.datatable`,
    references: { ...commonReferences, ...words.references },
    fields: [...listed, ...told.filter((field) => !isListed(field))]
      .filter(({ name }) => !words.hidden?.includes(name))
      .map((field) => asWritten(likeEntered(field, entered.get(field.name)))),
    filters: [...filters, ...extra.filter(({ name }) => name === words.listWith?.filter)].map(
      asWritten,
    ),
    conditions: conditionsOf(words.list).filter(({ name }) => !words.hidden?.includes(name)),
    sorts: sort?.choices ?? [],
    isPaged: listInput.some(({ name }) => name === 'cursor'),
    order: {
      field: String(sort?.default ?? sort?.choices[0] ?? 'id'),
      order: direction === 'descending' ? 'DESC' : 'ASC',
    },
    createFields: createFields.map(asWritten),
    updateFields: updateFields.map(asWritten),
  }
}

/** What comes out is often just text; how it is entered says more about it. */
function likeEntered(field: Field, entered: Field | undefined): Field {
  if (field.kind !== 'text' || entered === undefined) return field
  return { ...field, kind: entered.kind }
}
