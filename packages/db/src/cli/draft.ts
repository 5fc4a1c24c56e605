import type { Draft } from '../migrate/generate/draft.ts'
import { print } from './output.ts'

/** Shows a new migration: its files, what it loses, and where it lies. */
export function printDraft(
  { json, dryRun }: { json?: boolean; dryRun?: boolean },
  draft: Draft,
): void {
  const shown = Object.entries(draft.files).filter(([file]) => file !== 'snapshot.json')
  print({ json }, { ...draft, written: !dryRun }, [
    ...shown.flatMap(([file, text]) => [`-- ${file}`, text]),
    ...draft.warnings.map((warning) => `Careful: ${warning}.`),
    dryRun
      ? `Nothing was written (${draft.path}).`
      : `Written to ${draft.path}. Read it, then pnpm db:migrate.`,
  ])
}
