import { Alert, Button, Chip, Stack } from '@mui/material'
import { useTranslate } from 'react-admin'
import { exportFileName } from '../export/fileName.ts'
import { download } from '../export/save.ts'
import { countBy } from './CheckStep.tsx'
import type { ImportKind } from './importers.ts'
import { resultText } from './issueText.ts'
import { reportOf } from './report.ts'
import { RowsTable } from './RowsTable.tsx'
import type { ImportRun, RowOutcome } from './runImport.ts'

const outcomes: readonly RowOutcome[] = [
  'created',
  'updated',
  'posted',
  'unchanged',
  'skipped',
  'held',
  'refused',
  'failed',
  'notRun',
]

const bad: ReadonlySet<RowOutcome> = new Set(['refused', 'failed'])

/** Says what became of each row, and hands out the report. */
export function ResultStep({
  run,
  kind,
  onRestart,
}: {
  run: ImportRun
  kind: ImportKind
  onRestart: () => void
}) {
  const translate = useTranslate()
  const counts = countBy(run.results, ({ outcome }) => outcome)
  const faulty = run.results.filter(({ outcome }) => bad.has(outcome))
  const name = `${translate('import.title')} ${translate(`import.kinds.${kind}`)}`
  const headings = (['row', 'name', 'outcome', 'code', 'message'] as const).map((key) =>
    translate(`import.report.${key}`),
  )
  const report = () =>
    reportOf(run, headings, {
      outcome: ({ outcome }) => translate(`import.outcome.${outcome}`),
      message: (result) => resultText(result, translate),
    })
  return (
    <Stack spacing={2}>
      <Ending run={run} hasFaults={faulty.length > 0} />
      <Stack direction="row" useFlexGap sx={{ flexWrap: 'wrap', gap: 1 }}>
        {outcomes
          .filter((outcome) => counts.has(outcome))
          .map((outcome) => (
            <Chip
              key={outcome}
              variant="outlined"
              color={bad.has(outcome) ? 'error' : 'default'}
              label={`${counts.get(outcome)} ${translate(`import.outcome.${outcome}`)}`}
            />
          ))}
      </Stack>
      {faulty.length > 0 && (
        <RowsTable
          headings={['row', 'name', 'outcome', 'message']}
          rows={faulty.map((result) => [
            String(result.row.number),
            result.row.name,
            translate(`import.outcome.${result.outcome}`),
            resultText(result, translate),
          ])}
        />
      )}
      <Stack direction="row" spacing={1}>
        <Button onClick={onRestart}>{translate('import.again')}</Button>
        <Button
          variant="contained"
          onClick={() => download(report(), exportFileName(name, 'csv', new Date()))}
        >
          {translate('import.download')}
        </Button>
      </Stack>
    </Stack>
  )
}

function Ending({ run: { endedBy }, hasFaults }: { run: ImportRun; hasFaults: boolean }) {
  const translate = useTranslate()
  if (endedBy === null && hasFaults) {
    return <Alert severity="warning">{translate('import.doneWithFaults')}</Alert>
  }
  if (endedBy === null) return <Alert severity="success">{translate('import.done')}</Alert>
  if (endedBy === 'CANCELLED') return <Alert severity="info">{translate('import.cancelled')}</Alert>
  return (
    <Alert severity="error">
      {translate('import.ended', { reason: translate(`errors.${endedBy}`, { _: endedBy }) })}
    </Alert>
  )
}
