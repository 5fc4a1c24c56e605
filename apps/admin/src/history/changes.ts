import { isSame } from '../contract/inputs.ts'

type Snapshot = Readonly<Record<string, unknown>> | null

/** A field whose value an entry of the audit log changed. */
export type Change = { name: string; before: unknown; after: unknown }

/** Fields that change with every entry and say nothing. */
const alwaysChanging = ['updatedAt', 'version', 'id', 'createdAt']

/** What is different between the two states that an entry of the audit log keeps. */
export function changesIn(before: Snapshot, after: Snapshot): Change[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return [...names]
    .filter((name) => !alwaysChanging.includes(name))
    .map((name) => ({ name, before: before?.[name], after: after?.[name] }))
    .filter((change) => !isSame(change.before, change.after))
}

/** The parts of a row inside the row that a person wants to see. */
export function summaryOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(summaryOf).join('; ')
  if (typeof value !== 'object' || value === null) return String(value ?? '')
  return Object.entries(value)
    .filter(([name, part]) => isTelling(name) && part !== null)
    .map(([name, part]) => `${name}: ${summaryOf(part)}`)
    .join(', ')
}

function isTelling(name: string): boolean {
  return !alwaysChanging.includes(name) && !name.endsWith('Id')
}
