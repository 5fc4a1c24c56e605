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
