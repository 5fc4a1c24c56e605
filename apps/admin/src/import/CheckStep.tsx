import { Alert, Button, Chip, Stack } from '@mui/material'
import { useTranslate } from 'react-admin'
import { download } from '../export/save.ts'
import { issueText, issuesText } from './issueText.ts'
import type { ImportPlan, PlannedAction, PlannedRow } from './plan.ts'
import { faultsReport } from './report.ts'
import { RowsTable } from './RowsTable.tsx'

const actions: readonly PlannedAction[] = [
  'create',
  'update',
  'post',
  'unchanged',
  'skip',
  'held',
  'refuse',
]

/** Shows what a run would do, row by row where something is wrong, and asks whether to do it. */
export function CheckStep({
  plan,
  onBack,
  onRun,
}: {
  plan: ImportPlan
  onBack: () => void
  onRun: () => void
}) {
  const translate = useTranslate()
  const counts = countBy(plan.rows, ({ action }) => action)
  const faulty = plan.rows.filter(({ action }) => action === 'refuse')
  const held = counts.get('held') ?? 0
  const toWrite = plan.steps.reduce((sum, { rows }) => sum + rows.length, 0)
  return (
    <Stack spacing={2}>
      <Stack direction="row" useFlexGap sx={{ flexWrap: 'wrap', gap: 1 }}>
        {actions
          .filter((action) => counts.has(action))
          .map((action) => (
            <Chip
              key={action}
              color={action === 'refuse' ? 'error' : 'default'}
              variant="outlined"
              label={`${counts.get(action)} ${translate(`import.planned.${action}`)}`}
            />
          ))}
      </Stack>
      {faulty.length === 0 ? (
        <Alert severity="success">{translate('import.sound')}</Alert>
      ) : (
        <Alert severity="warning">
          {translate('import.faults', { smart_count: faulty.length })}
        </Alert>
      )}
      {held > 0 && (
        <Alert severity="warning">{translate('import.heldRows', { smart_count: held })}</Alert>
      )}
      {faulty.length > 0 && (
        <RowsTable
          headings={['row', 'name', 'column', 'fault']}
          rows={faulty.flatMap((row) =>
            row.issues.map((issue) => [
              String(row.number),
              row.name,
              issue.field === null ? '' : translate(`import.fields.${issue.field}`),
              issueText(issue, translate),
            ]),
          )}
        />
      )}
      {toWrite === 0 && <Alert severity="info">{translate('import.nothingToDo')}</Alert>}
      <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: 'wrap' }}>
        <Button onClick={onBack}>{translate('import.back')}</Button>
        {faulty.length > 0 && (
          <Button onClick={() => download(faultsFile(faulty, translate), 'import-faults.csv')}>
            {translate('import.downloadErrors')}
          </Button>
        )}
        {toWrite > 0 && (
          <Button variant="contained" onClick={onRun}>
            {translate('import.run', { smart_count: toWrite })}
          </Button>
        )}
      </Stack>
    </Stack>
  )
}

function faultsFile(rows: readonly PlannedRow[], translate: (key: string) => string): Blob {
  const headings = (['row', 'name', 'code', 'message'] as const).map((key) =>
    translate(`import.report.${key}`),
  )
  return faultsReport(rows, headings, (row) => issuesText(row.issues, translate))
}

/** How many items there are of each kind. */
export function countBy<Item, Kind>(
  items: readonly Item[],
  kindOf: (item: Item) => Kind,
): Map<Kind, number> {
  const counts = new Map<Kind, number>()
  for (const item of items) counts.set(kindOf(item), (counts.get(kindOf(item)) ?? 0) + 1)
  return counts
}
