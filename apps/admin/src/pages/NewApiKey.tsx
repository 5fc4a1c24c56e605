import { Alert, Dialog, DialogActions, DialogContent, DialogTitle, TextField } from '@mui/material'
import { Button, type RaRecord, useNotify, useTranslate } from 'react-admin'

/** Shows a new API key, this once. */
export default function NewApiKey({ made, onClose }: { made: RaRecord; onClose: () => void }) {
  const translate = useTranslate()
  const notify = useNotify()
  const title = translate('apiKey.title', { name: made.name })

  async function copy() {
    await navigator.clipboard.writeText(made.key)
    notify('apiKey.copied', { type: 'success' })
  }

  return (
    <Dialog open fullWidth maxWidth="sm" aria-label={title}>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent>
        <Alert severity="warning" sx={{ mb: 2 }}>
          {translate('apiKey.once')}
        </Alert>
        <TextField
          fullWidth
          label={translate('names.apiKeys', { smart_count: 1 })}
          value={made.key}
          slotProps={{ htmlInput: { readOnly: true } }}
        />
      </DialogContent>
      <DialogActions>
        <Button label="apiKey.copy" onClick={() => void copy()} size="medium" />
        <Button label="apiKey.close" onClick={onClose} size="medium" />
      </DialogActions>
    </Dialog>
  )
}
