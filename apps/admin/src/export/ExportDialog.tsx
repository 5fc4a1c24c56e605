import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogContentText,
  DialogTitle,
  FormControl,
  FormControlLabel,
  FormLabel,
  LinearProgress,
  Radio,
  RadioGroup,
  Stack,
} from '@mui/material'
import { useState } from 'react'
import { useTranslate } from 'react-admin'
import type { Resource } from '../resources/describe.ts'
import { useExport } from './useExport.ts'
import type { ExportFormat } from './writeExport.ts'

const formats: readonly ExportFormat[] = ['xlsx', 'csv', 'csv-semicolon', 'json']

/** Asks in which form a list is exported, shows how far it is, and can be cancelled. */
export default function ExportDialog({
  resource,
  onClose,
}: {
  resource: Resource
  onClose: () => void
}) {
  const translate = useTranslate()
  const { state, start, cancel } = useExport(resource)
  const [format, setFormat] = useState<ExportFormat>('xlsx')
  const [columns, setColumns] = useState<'shown' | 'all'>('shown')
  const name = translate(`resources.${resource.name}.name`, { smart_count: 2 })
  const isWriting = state.step === 'writing'
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      aria-labelledby="export-title"
      onClose={() => !isWriting && onClose()}
    >
      <DialogTitle id="export-title">{translate('export.title', { name })}</DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          <DialogContentText>{translate('export.explain')}</DialogContentText>
          <Choice
            label={translate('export.format')}
            value={format}
            disabled={isWriting}
            choices={formats.map((value) => ({
              value,
              label: translate(`export.formats.${value}`),
            }))}
            onChange={setFormat}
          />
          <Choice
            label={translate('export.columns')}
            value={columns}
            disabled={isWriting}
            choices={[
              { value: 'shown', label: translate('export.shownColumns') },
              { value: 'all', label: translate('export.allColumns') },
            ]}
            onChange={setColumns}
          />
          <div aria-live="polite">
            {state.step === 'writing' && (
              <>
                <LinearProgress aria-label={translate('export.button')} sx={{ mb: 1 }} />
                {translate('export.progress', { smart_count: state.rows })}
              </>
            )}
            {state.step === 'done' && (
              <Alert severity="success">
                {translate('export.done', { smart_count: state.rows, file: state.file })}
              </Alert>
            )}
            {state.step === 'cancelled' && (
              <Alert severity="info">{translate('export.cancelled')}</Alert>
            )}
            {state.step === 'failed' && (
              <Alert severity="error">{translate('export.failed', { reason: state.reason })}</Alert>
            )}
          </div>
        </Stack>
      </DialogContent>
      <DialogActions>
        {isWriting ? (
          <Button onClick={cancel}>{translate('export.cancel')}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{translate('export.close')}</Button>
            <Button variant="contained" onClick={() => void start(format, columns)}>
              {translate('export.start')}
            </Button>
          </>
        )}
      </DialogActions>
    </Dialog>
  )
}

function Choice<Value extends string>({
  label,
  value,
  choices,
  disabled,
  onChange,
}: {
  label: string
  value: Value
  choices: readonly { value: Value; label: string }[]
  disabled: boolean
  onChange: (value: Value) => void
}) {
  return (
    <FormControl disabled={disabled}>
      <FormLabel>{label}</FormLabel>
      <RadioGroup
        aria-label={label}
        value={value}
        onChange={(_event, chosen) => onChange(chosen as Value)}
      >
        {choices.map((choice) => (
          <FormControlLabel
            key={choice.value}
            value={choice.value}
            label={choice.label}
            control={<Radio size="small" />}
          />
        ))}
      </RadioGroup>
    </FormControl>
  )
}
