import { type ApiOutputs, StockbookError } from '@stockbook/client'
import { contract } from '@stockbook/client/contract'
import { asChoice, asText, asWhole } from './cells.ts'
import type { ImportField, MappedRow } from './fields.ts'
import { folded, lookUp } from './lookUp.ts'
import type { Importer, ImportPlan, RowIssue } from './plan.ts'
import { planMasterData } from './planMasterData.ts'

type Location = ApiOutputs['locations']['get']

const kinds = {
  warehouse: ['склад'],
  zone: ['зона', 'area'],
  bin: ['ячейка', 'место', 'полка', 'shelf'],
}

const readKind = asChoice(kinds)

const fields: ImportField[] = [
  { key: 'code', required: true, names: ['код', 'location', 'location code'], read: asText },
  { key: 'name', required: true, names: ['название', 'наименование'], read: asText },
  { key: 'kind', required: true, names: ['type', 'вид', 'тип'], read: readKind },
  {
    key: 'parent',
    required: false,
    names: ['parent code', 'in', 'находится в', 'входит в', 'родитель', 'где'],
    read: asText,
  },
  {
    key: 'pickSequence',
    required: false,
    names: ['pick sequence', 'порядок обхода', 'порядок отбора'],
    read: asWhole,
  },
]

/** Warehouses, zones and bins, matched by code. A place may stand before the one that it is in. */
export const locationsImporter: Importer = {
  fields,
  choosesExisting: true,
  async plan(client, rows, options) {
    const existing = await lookUp(
      client.locations.list,
      { archived: 'all' },
      ({ code }) => folded(code),
      options.signal,
    )
    const tree = placesOf(rows, existing)
    // Ids that exist only after their rows were written, under the ones that stand for them until then.
    const createdIds = new Map<string, string>()
    const idOf = (id: unknown) => {
      if (typeof id !== 'string' || !tree.codeOfStandIn.has(id)) return id
      const created = createdIds.get(id)
      if (created !== undefined) return created
      throw new StockbookError('REFERENCE_NOT_FOUND', {
        message: `The place ${tree.codeOfStandIn.get(id)} that this one is in could not be made.`,
      })
    }
    const withParent = (input: Record<string, unknown>) =>
      'parentId' in input ? { ...input, parentId: idOf(input.parentId) } : input

    const plan = planMasterData<Location>(
      {
        fields,
        keyOf: ({ code }) => (typeof code === 'string' ? folded(code) : null),
        keyParts: ['code'],
        nameOf: ({ code = '' }) => code,
        existing,
        resolve({ parent, ...input }, rowNumber) {
          const issues: RowIssue[] = []
          if (typeof parent === 'string') {
            const found = tree.parentOf(rowNumber, parent)
            if ('id' in found) input.parentId = found.id
            else issues.push({ field: 'parent', code: found.code, facts: { text: parent } })
          }
          const known =
            typeof input.code === 'string' ? existing.get(folded(input.code)) : undefined
          if (known !== undefined && 'kind' in input) {
            if (input.kind !== known.kind)
              issues.push({ field: 'kind', code: 'KIND_NEVER_CHANGES' })
            delete input.kind
          }
          return { input, issues }
        },
        isSame: (location, key, value) => location[key as keyof Location] === value,
        fieldOf: { parentId: 'parent' },
        createSchema: contract.locations.create.input,
        updateSchema: contract.locations.update.input,
        async create(input) {
          const location = await client.locations.create.mutate(
            contract.locations.create.input.parse(withParent(input)),
          )
          createdIds.set(tree.standInOf(location.code), location.id)
        },
        update: (input) =>
          client.locations.update.mutate(contract.locations.update.input.parse(withParent(input))),
      },
      rows,
      options,
    )
    return parentsFirst(plan, tree)
  },
}

type Places = ReturnType<typeof placesOf>

/** How the places of the file stand in each other and in those that exist. */
function placesOf(rows: readonly MappedRow[], existing: ReadonlyMap<string, Location>) {
  const byCode = new Map<string, MappedRow>()
  const byNumber = new Map(rows.map((row) => [row.number, row]))
  for (const row of rows) {
    const code = folded(row.values.code ?? '')
    if (!byCode.has(code)) byCode.set(code, row)
  }
  const standIns = new Map<string, string>()
  const codeOfStandIn = new Map<string, string>()
  const standInOf = (code: string) => {
    const known = standIns.get(folded(code))
    if (known !== undefined) return known
    const standIn = crypto.randomUUID()
    standIns.set(folded(code), standIn)
    codeOfStandIn.set(standIn, code)
    return standIn
  }
  /** The row that makes the place in which this row's place stands. */
  const parentRow = (row: MappedRow) => {
    const code = folded(row.values.parent ?? '')
    return existing.has(code) ? undefined : byCode.get(code)
  }
  const depthOf = (rowNumber: number) => {
    let depth = 0
    let row = byNumber.get(rowNumber)
    while (row !== undefined && depth <= rows.length) {
      row = parentRow(row)
      depth += 1
    }
    return depth
  }
  return {
    codeOfStandIn,
    standInOf,
    depthOf,
    parentRowNumber: (rowNumber: number) => {
      const row = byNumber.get(rowNumber)
      return row === undefined ? undefined : parentRow(row)?.number
    },
    parentOf(rowNumber: number, code: string): { id: string } | { code: string } {
      const known = existing.get(folded(code))
      if (known !== undefined) {
        if (known.archivedAt !== null) return { code: 'ARCHIVED_PARENT' }
        return known.kind === 'bin' ? { code: 'PARENT_IS_BIN' } : { id: known.id }
      }
      const row = byCode.get(folded(code))
      if (row === undefined) return { code: 'REFERENCE_NOT_FOUND' }
      if (depthOf(rowNumber) > rows.length) return { code: 'PARENTS_IN_CIRCLE' }
      const kind = readKind(row.values.kind ?? '')
      if ('value' in kind && kind.value === 'bin') return { code: 'PARENT_IS_BIN' }
      return { id: standInOf(row.values.code ?? code) }
    },
  }
}

/** Puts each place after the one it is in, and refuses those whose parent's row is refused. */
function parentsFirst(plan: ImportPlan, tree: Places): ImportPlan {
  const depths = new Map(plan.rows.map(({ number }) => [number, tree.depthOf(number)]))
  const depthOf = (number: number | undefined) => depths.get(number ?? -1) ?? 0
  const byDepth = plan.rows.toSorted((one, other) => depthOf(one.number) - depthOf(other.number))
  const refused = new Set<number>()
  for (const row of byDepth) {
    const parent = tree.parentRowNumber(row.number)
    if (row.action !== 'refuse' && parent !== undefined && refused.has(parent)) {
      row.action = 'refuse'
      row.issues.push({ field: 'parent', code: 'PARENT_REFUSED', facts: { row: parent } })
    }
    if (row.action === 'refuse') refused.add(row.number)
  }
  const steps = plan.steps
    .filter(({ rows: [row] }) => row?.action !== 'refuse')
    .toSorted(({ rows: [one] }, { rows: [other] }) => depthOf(one?.number) - depthOf(other?.number))
  return { rows: plan.rows, steps, concurrency: 1 }
}
