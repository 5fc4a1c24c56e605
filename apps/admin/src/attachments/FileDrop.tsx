import UploadFile from '@mui/icons-material/UploadFile'
import { Box, Button, Typography } from '@mui/material'
import { type ChangeEvent, useState } from 'react'

/** Takes files from a dialog or from where they are dropped. */
export function FileDrop({
  label,
  hint,
  accept,
  multiple = false,
  disabled = false,
  onFiles,
}: {
  label: string
  hint: string
  /** What the browser offers to choose, as the attribute `accept` says it. */
  accept: string
  /** Default: one file alone. */
  multiple?: boolean
  /** Default `false`. */
  disabled?: boolean
  onFiles: (files: readonly File[]) => void
}) {
  const [isOver, setIsOver] = useState(false)
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])].slice(0, multiple ? undefined : 1)
    if (files.length > 0 && !disabled) onFiles(files)
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
        disabled={disabled}
        // The file input inside is what the keyboard meets, not its label as well.
        role={undefined}
        tabIndex={-1}
        sx={{ '&:focus-within': { outline: '2px solid', outlineOffset: 2 } }}
      >
        {label}
        <Box
          component="input"
          type="file"
          aria-label={label}
          accept={accept}
          multiple={multiple}
          disabled={disabled}
          onChange={(event: ChangeEvent<HTMLInputElement>) => {
            take(event.target.files)
            // So that the same file can be chosen again.
            event.target.value = ''
          }}
          // Out of sight, but not out of reach of the keyboard.
          sx={{ position: 'absolute', opacity: 0, width: 1, height: 1, overflow: 'hidden' }}
        />
      </Button>
      <Typography variant="body2" color="text.secondary" sx={{ mt: 1.5 }}>
        {hint}
      </Typography>
    </Box>
  )
}
