import { Button, LinearProgress, Stack, Typography } from '@mui/material'
import { useTranslate } from 'react-admin'
import type { ImportState } from './useImport.ts'

/** Shows how far the run is. */
export function RunningStep({
  state: { done, all },
  onCancel,
}: {
  state: Extract<ImportState, { step: 'running' }>
  onCancel: () => void
}) {
  const translate = useTranslate()
  return (
    <Stack spacing={1}>
      <LinearProgress
        variant="determinate"
        value={all === 0 ? 100 : (done / all) * 100}
        aria-label={translate('import.title')}
      />
      <Typography aria-live="polite">{translate('import.running', { done, all })}</Typography>
      <div>
        <Button onClick={onCancel}>{translate('import.cancel')}</Button>
      </div>
    </Stack>
  )
}
