import {
  Alert,
  Button,
  FormControl,
  FormControlLabel,
  FormLabel,
  Radio,
  RadioGroup,
  Stack,
  Typography,
} from '@mui/material'
import { useTranslate } from 'react-admin'
import { FileDrop } from '../attachments/FileDrop.tsx'
import { csvLines } from '../export/csv.ts'
import { download } from '../export/save.ts'
import { type ImportKind, importers, importKinds } from './importers.ts'

/** Asks what is in the file, and for the file. */
export function FileStep({
  kind,
  onKind,
  problem,
  onFile,
}: {
  kind: ImportKind
  onKind: (kind: ImportKind) => void
  problem: string | null
  onFile: (file: File) => void
}) {
  const translate = useTranslate()
  return (
    <Stack spacing={3}>
      <FormControl>
        <FormLabel id="import-kind">{translate('import.kind')}</FormLabel>
        <RadioGroup
          row
          aria-labelledby="import-kind"
          value={kind}
          onChange={(_event, chosen) => onKind(chosen as ImportKind)}
        >
          {importKinds.map((each) => (
            <FormControlLabel
              key={each}
              value={each}
              control={<Radio size="small" />}
              label={translate(`import.kinds.${each}`)}
            />
          ))}
        </RadioGroup>
        <Typography variant="body2" color="text.secondary">
          {translate(`import.hints.${kind}`)}
        </Typography>
      </FormControl>
      <FileDrop
        label={translate('import.choose')}
        hint={translate('import.dropped')}
        accept=".csv,.tsv,.txt,.xlsx"
        onFiles={([file]) => file && onFile(file)}
      />
      {problem !== null && <Alert severity="error">{problem}</Alert>}
      <div>
        <Button size="small" onClick={() => downloadTemplate(kind, translate)}>
          {translate('import.template')}
        </Button>
      </div>
    </Stack>
  )
}

function downloadTemplate(kind: ImportKind, translate: (key: string) => string): void {
  const headings = importers[kind].fields.map(({ key }) => translate(`import.fields.${key}`))
  const content = new Blob(['\u{feff}', csvLines([headings], ';')], { type: 'text/csv' })
  download(content, `${translate(`import.kinds.${kind}`)}.csv`)
}
