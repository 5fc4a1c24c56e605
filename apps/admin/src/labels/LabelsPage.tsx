import { Alert, Card, CardContent, LinearProgress, Stack, Typography } from '@mui/material'
import { Title, useTranslate } from 'react-admin'
import { useLocation } from 'react-router'
import { LabelForm } from './LabelForm.tsx'
import { LabelSheets } from './LabelSheets.tsx'
import type { LabelledTable } from './loadTargets.ts'
import { useLabels } from './useLabels.ts'

/** What the button in a list hands over: kept by the browser's history, so it survives a reload. */
export type LabelsRequest = { table: LabelledTable; ids: readonly string[] }

/** Labels of the rows that were chosen in a list: seen first, then printed or taken as a PDF. */
export default function LabelsPage() {
  const translate = useTranslate()
  const request = useLocation().state as LabelsRequest | null
  return (
    <Card sx={{ mt: 2 }}>
      <Title title={translate('labels.title')} />
      <CardContent>
        <Typography variant="h5" component="h2" sx={{ mb: 2 }}>
          {translate('labels.title')}
        </Typography>
        {request === null ? (
          <Alert severity="info">{translate('labels.none')}</Alert>
        ) : (
          <Labels {...request} />
        )}
      </CardContent>
    </Card>
  )
}

function Labels({ table, ids }: LabelsRequest) {
  const translate = useTranslate()
  const { loaded, problem, settings, setSettings, contents } = useLabels(table, ids)
  if (problem !== null) {
    return <Alert severity="error">{translate('labels.failed', { reason: problem })}</Alert>
  }
  if (loaded === null) return <LinearProgress aria-label={translate('labels.loading')} />
  return (
    <Stack direction={{ xs: 'column', md: 'row' }} spacing={3}>
      <LabelForm settings={settings} onChange={setSettings} hasPackagings={table === 'products'} />
      <LabelSheets settings={settings} contents={contents} font={loaded.font} />
    </Stack>
  )
}
