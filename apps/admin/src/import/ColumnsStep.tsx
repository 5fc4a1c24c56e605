import {
  Alert,
  Button,
  FormControl,
  FormControlLabel,
  FormLabel,
  LinearProgress,
  NativeSelect,
  Radio,
  RadioGroup,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material'
import { useTranslate } from 'react-admin'
import type { ColumnMapping } from './fields.ts'
import type { Importer } from './plan.ts'
import type { ImportState } from './useImport.ts'

/** Asks what each column of the file means. The headings have suggested an answer. */
export function ColumnsStep({
  state,
  importer,
  mapping,
  onMapping,
  existing,
  onExisting,
  onBack,
  onCancel,
  onCheck,
}: {
  state: Extract<ImportState, { step: 'columns' | 'checking' }>
  importer: Importer
  mapping: ColumnMapping
  onMapping: (mapping: ColumnMapping) => void
  existing: 'update' | 'skip'
  onExisting: (existing: 'update' | 'skip') => void
  onBack: () => void
  onCancel: () => void
  onCheck: () => void
}) {
  const translate = useTranslate()
  const { table, file } = state
  const isChecking = state.step === 'checking'
  const missing = importer.fields.filter(({ key, required }) => required && !mapping.includes(key))
  const fieldName = (key: string) => translate(`import.fields.${key}`)
  return (
    <Stack spacing={2}>
      <Typography>
        {translate('import.columns.found', { smart_count: table.rows.length, file })}
      </Typography>
      <TableContainer>
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>{translate('import.columns.heading')}</TableCell>
              <TableCell>{translate('import.columns.sample')}</TableCell>
              <TableCell>{translate('import.columns.field')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {table.headings.map((heading, index) => (
              <TableRow key={`${index} ${heading}`}>
                <TableCell component="th" scope="row">
                  {heading}
                </TableCell>
                <TableCell sx={{ color: 'text.secondary', wordBreak: 'break-word' }}>
                  {table.rows[0]?.cells[index]}
                </TableCell>
                <TableCell>
                  <NativeSelect
                    value={mapping[index] ?? ''}
                    disabled={isChecking}
                    inputProps={{ 'aria-label': translate('import.columns.of', { heading }) }}
                    onChange={({ target }) =>
                      onMapping(mapColumn(mapping, index, target.value || null))
                    }
                  >
                    <option value="">{translate('import.columns.leaveOut')}</option>
                    {importer.fields.map(({ key, required }) => (
                      <option key={key} value={key}>
                        {fieldName(key)}
                        {required ? ' *' : ''}
                      </option>
                    ))}
                  </NativeSelect>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      {missing.length > 0 && (
        <Alert severity="info">
          {translate('import.columns.missing', {
            fields: missing.map(({ key }) => fieldName(key)).join(', '),
          })}
        </Alert>
      )}
      {importer.choosesExisting && (
        <FormControl disabled={isChecking}>
          <FormLabel id="import-existing">{translate('import.existing')}</FormLabel>
          <RadioGroup
            row
            aria-labelledby="import-existing"
            value={existing}
            onChange={(_event, chosen) => onExisting(chosen as 'update' | 'skip')}
          >
            {(['update', 'skip'] as const).map((choice) => (
              <FormControlLabel
                key={choice}
                value={choice}
                control={<Radio size="small" />}
                label={translate(`import.existingChoices.${choice}`)}
              />
            ))}
          </RadioGroup>
          <Typography variant="body2" color="text.secondary">
            {translate('import.emptyCells')}
          </Typography>
        </FormControl>
      )}
      {state.step === 'columns' && state.problem !== null && (
        <Alert severity="error">{state.problem}</Alert>
      )}
      {isChecking ? (
        <Stack spacing={1} aria-live="polite">
          <LinearProgress aria-label={translate('import.checking')} />
          <div>
            <Button onClick={onCancel}>{translate('import.cancel')}</Button>
          </div>
        </Stack>
      ) : (
        <Stack direction="row" spacing={1}>
          <Button onClick={onBack}>{translate('import.back')}</Button>
          <Button
            variant="contained"
            disabled={mapping.every((key) => key === null)}
            onClick={onCheck}
          >
            {translate('import.check')}
          </Button>
        </Stack>
      )}
    </Stack>
  )
}

/** Gives a field to a column, and takes it from the one that had it. */
function mapColumn(mapping: ColumnMapping, column: number, field: string | null): ColumnMapping {
  return mapping.map((key, index) =>
    index === column ? field : field !== null && key === field ? null : key,
  )
}
