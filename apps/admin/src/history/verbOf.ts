type Done = { action: string; after: Readonly<Record<string, unknown>> | null }

/**
 * The message that says what was done: named by the entry's procedure; what takes something back is
 * told apart.
 */
export function verbOf({ action, after }: Done): string {
  return `history.verbs.${own(action.split('.').at(-1) ?? action, after)}`
}

function own(procedure: string, after: Done['after']): string {
  if (after?.outcome === 'refused') return 'refused'
  if (procedure === 'archive' && after?.archivedAt === null) return 'restore'
  if (procedure === 'disable' && after?.disabledAt === null) return 'enable'
  return procedure
}
