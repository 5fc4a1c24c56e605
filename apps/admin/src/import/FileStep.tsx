import UploadFile from '@mui/icons-material/UploadFile'
import {
  Alert,
  Box,
  Button,
  FormControl,
  FormControlLabel,
  FormLabel,
  Radio,
  RadioGroup,
  Stack,
  Typography,
} from '@mui/material'
import { useState } from 'react'
import { useTranslate } from 'react-admin'
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
      <FileDrop onFile={onFile} />
      {problem !== null && <Alert severity="error">{problem}</Alert>}
      <div>
        <Button size="small" onClick={() => downloadTemplate(kind, translate)}>
          {translate('import.template')}
        </Button>
      </div>
    </Stack>
  )
}

function FileDrop({ onFile }: { onFile: (file: File) => void }) {
  const translate = useTranslate()
  const [isOver, setIsOver] = useState(false)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file) onFile(file)
  }
  return (
    <Box
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setIsOver(false)
        take(event.dataTransfer.files)
      }}
      sx={{
        p: 4,
        textAlign: 'center',
        border: '2px dashed',
        borderColor: isOver ? 'primary.main' : 'divider',
        borderRadius: 2,
        backgroundColor: isOver ? 'action.hover' : 'transparent',
      }}
    >
      <Button
        component="label"
        variant="contained"
        startIcon={<UploadFile />}
        // The file input inside is what the keyboard meets, not its label as well.
        role={undefined}
        tabIndex={-1}
        sx={{ '&:focus-within': { outline: '2px solid', outlineOffset: 2 } }}
      >
        {translate('import.choose')}
        <Box
          component="input"
          type="file"
          aria-label={translate('import.choose')}
          accept=".csv,.tsv,.txt,.xlsx"
          onChange={(event: React.ChangeEvent<HTMLInputElement>) => take(event.target.files)}
          // Out of sight, but not out of reach of the keyboard.
          sx={{ position: 'absolute', opacity: 0, width: 1, height: 1, overflow: 'hidden' }}
        />
      </Button>
      <Typography variant="body2" color="text.secondary" sx={{ mt: 1.5 }}>
        {translate('import.dropped')}
      </Typography>
    </Box>
  )
}

function downloadTemplate(kind: ImportKind, translate: (key: string) => string): void {
  const headings = importers[kind].fields.map(({ key }) => translate(`import.fields.${key}`))
  const content = new Blob(['\u{feff}', csvLines([headings], ';')], { type: 'text/csv' })
  download(content, `${translate(`import.kinds.${kind}`)}.csv`)
}
