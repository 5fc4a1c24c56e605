import type { Role, StockbookClient } from '@stockbook/client'
import type { DataProvider, GetListParams, RaRecord } from 'react-admin'
import { whereFrom } from '../contract/conditions.ts'
import { changesBetween, inputFrom } from '../contract/inputs.ts'
import type { ProcedureName } from '../contract/procedures.ts'
import { type Resource, type RecordAction } from '../resources/describe.ts'
import { forRole } from '../resources/forRole.ts'
import { resourceOf } from '../resources/index.ts'
import { asCallError, type Words } from './callErrors.ts'
import { Cursors, type ListPage } from './cursors.ts'
import { idIn } from './idIn.ts'
import { procedureCaller } from './procedureCaller.ts'

type Row = Readonly<Record<string, unknown>>

/** What the panel's pages ask for besides what react-admin does. */
export type PanelDataProvider = DataProvider & {
  /** Calls any procedure, with its failure in the person's words. */
  call(procedure: ProcedureName, input: unknown): Promise<unknown>
  /** Does an action with a row. `answers`: what the person was asked for. */
  act(action: RecordAction, row: RaRecord, answers?: Row): Promise<unknown>
}

/** The most rows that a list gives at once. */
const maxLimit = 200

/**
 * All that the panel reads and writes, by the SDK alone.
 * @param words the language at the moment of a failure
 * @param role of whoever is signed in
 */
export function createDataProvider(
  client: StockbookClient,
  words: () => Words,
  role: () => Promise<Role>,
): PanelDataProvider {
  const cursors = new Cursors()
  const callProcedure = procedureCaller(client)

  async function call(procedure: ProcedureName, input: unknown, signal?: AbortSignal) {
    try {
      return await callProcedure(procedure, input, signal)
    } catch (error) {
      throw await asCallError(error, { procedure, input }, words())
    }
  }

  const allowed = async (name: string) => forRole(resourceOf(name), await role())

  async function list(name: string, params: Partial<GetListParams> & { target?: Row }) {
    const resource = await allowed(name)
    const { page = 1, perPage = 25 } = params.pagination ?? {}
    const { procedure, input } = listCall(resource, { ...params.filter, ...params.target }, params)
    const key = JSON.stringify([name, input, perPage])
    const read = (cursor: string | null) =>
      chunks(perPage, cursor, (limit, from) =>
        call(procedure, pageOf(resource, input, limit, from), params.signal),
      )
    const { items, nextCursor } = await cursors.page(key, page, read)
    return {
      data: items.map((row) => asRecord(resource, row)),
      pageInfo: { hasNextPage: nextCursor !== null, hasPreviousPage: page > 1 },
      // How many there are is known where they end, and costs too much to find out before.
      ...(nextCursor === null && { total: (page - 1) * perPage + items.length }),
    }
  }

  async function one(name: string, id: unknown, signal?: AbortSignal) {
    const resource = resourceOf(name)
    const row = await call(required(resource, 'get'), { id: idIn(resource, id) }, signal)
    return asRecord(resource, row as Row)
  }

  async function update(name: string, id: unknown, data: Row, previousData: Row) {
    const resource = await allowed(name)
    const changes = changesBetween(resource.updateFields, previousData, data)
    const { version } = previousData
    const input = {
      id: idIn(resource, id),
      ...(typeof version === 'number' && { expectedVersion: version }),
      ...changes,
    }
    return asRecord(resource, (await call(required(resource, 'update'), input)) as Row)
  }

  function act(action: RecordAction, row: RaRecord, answers: Row = {}) {
    const input = action.inputOf ? action.inputOf(row) : { id: row.id }
    return call(action.procedure, { ...input, ...answers })
  }

  async function archive(name: string, row: RaRecord) {
    const action = resourceOf(name).actions?.find(({ name: own }) => own === 'archive')
    if (!action) throw new Error(`Rows of ${name} are never taken out of use.`)
    await act(action, row)
  }

  // `never`: react-admin lets each caller say what it expects, and no provider can know that.
  const provider: DataProvider = {
    getList: async (name, params) => (await list(name, params)) as never,
    getOne: async (name, { id, signal }) => ({ data: (await one(name, id, signal)) as never }),
    async getMany(name, { ids, signal }) {
      const rows = await Promise.all(
        // A row that is not there, or is not for this person, is shown as missing.
        ids.map((id) => one(name, id, signal).catch(() => null)),
      )
      return { data: rows.filter((row) => row !== null) as never[] }
    },
    async getManyReference(name, { target, id, ...params }) {
      return (await list(name, { ...params, target: { [target]: id } })) as never
    },
    async create(name, { data }) {
      const resource = await allowed(name)
      const input = inputFrom(resource.createFields, data as Row)
      const row = await call(required(resource, 'create'), input)
      return { data: asRecord(resource, row as Row) as never }
    },
    update: async (name, { id, data, previousData }) => ({
      data: (await update(name, id, data as Row, previousData as Row)) as never,
    }),
    async updateMany(name, { ids, data }) {
      for (const id of ids) {
        const row = await one(name, id)
        await update(name, id, { ...row, ...(data as Row) }, row)
      }
      return { data: ids }
    },
    async delete(name, { id, previousData }) {
      const row = (previousData ?? (await one(name, id))) as RaRecord
      await archive(name, row)
      return { data: row as never }
    },
    async deleteMany(name, { ids }) {
      for (const id of ids) await archive(name, await one(name, id))
      return { data: ids }
    },
  }
  return { ...provider, call, act }
}

/** The call that a list with this filter and order stands for. The export makes the same one. */
export function listCall(
  resource: Resource,
  filter: Row,
  { sort }: Pick<Partial<GetListParams>, 'sort'>,
): { procedure: ProcedureName; input: Row } {
  const { listWith } = resource
  const isOther = listWith !== undefined && filter[listWith.filter] !== undefined
  const fields = isOther
    ? resource.filters.filter(({ name }) => name !== 'includeZero')
    : resource.filters.filter(({ name }) => name !== listWith?.filter)
  const where = whereFrom(resource.conditions, (filter.where ?? {}) as Row)
  const isKnownSort = sort !== undefined && resource.sorts.includes(sort.field)
  const order = isKnownSort ? sort : resource.order
  const ordered = {
    ...(!isOther && { sort: order.field }),
    direction: order.order === 'DESC' ? 'descending' : 'ascending',
  }
  return {
    procedure: isOther ? listWith.procedure : resource.list,
    input: {
      ...inputFrom(fields, filter),
      ...(where && { where }),
      ...(resource.sorts.length > 0 && ordered),
    },
  }
}

function pageOf(resource: Resource, input: Row, limit: number, cursor: string | null): Row {
  if (!resource.isPaged) return {}
  return { ...input, limit, ...(cursor !== null && { cursor }) }
}

/** A page may be longer than what one call gives. */
async function chunks(
  size: number,
  cursor: string | null,
  read: (limit: number, cursor: string | null) => Promise<unknown>,
): Promise<ListPage<Row>> {
  const items: Row[] = []
  let next = cursor
  do {
    const page = (await read(Math.min(maxLimit, size - items.length), next)) as ListPage<Row>
    items.push(...page.items)
    next = page.nextCursor
  } while (next !== null && items.length < size)
  return { items, nextCursor: next }
}

function asRecord(resource: Resource, row: Row): RaRecord {
  return { ...row, id: resource.idOf ? resource.idOf(row) : row.id } as RaRecord
}

function required(resource: Resource, what: 'get' | 'create' | 'update'): ProcedureName {
  const name = resource[what]
  if (name === undefined) throw new Error(`The table ${resource.name} has no ${what}.`)
  return name
}
