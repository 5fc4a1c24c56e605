import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogContentText,
  DialogTitle,
  Stack,
  TextField,
} from '@mui/material'
import { type ReactNode, useState } from 'react'
import { useLocaleState, useTranslate } from 'react-admin'
import { failureText } from '../providers/failureText.ts'

/** Asks whether a step is meant, and shows why the server refused it. */
export function CheckDialog({
  title,
  text,
  isDangerous,
  input,
  children,
  onCancel,
  onConfirm,
  onFinished,
}: {
  title: string
  text: string
  isDangerous: boolean
  /** A text that is asked for. `null`: none. */
  input: { label: string; isRequired: boolean } | null
  children?: ReactNode
  onCancel: () => void
  onConfirm: (text: string) => Promise<void>
  /** Called after every try: what is shown may be out of date. */
  onFinished: () => void
}) {
  const translate = useTranslate()
  const [locale] = useLocaleState()
  const [value, setValue] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function confirm(): Promise<void> {
    setIsBusy(true)
    setProblem(null)
    try {
      await onConfirm(value.trim())
    } catch (error) {
      setProblem(failureText(error, { locale, translate }))
      setIsBusy(false)
    } finally {
      onFinished()
    }
  }

  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      aria-labelledby="check-dialog"
      onClose={() => !isBusy && onCancel()}
    >
      <DialogTitle id="check-dialog">{title}</DialogTitle>
      <DialogContent>
        <Stack spacing={1}>
          <DialogContentText>{text}</DialogContentText>
          {children}
          {input !== null && (
            <TextField
              multiline
              minRows={2}
              label={input.label}
              required={input.isRequired}
              value={value}
              onChange={({ target }) => setValue(target.value)}
            />
          )}
          {problem !== null && <Alert severity="error">{problem}</Alert>}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button disabled={isBusy} onClick={onCancel}>
          {translate('checks.back')}
        </Button>
        <Button
          variant="contained"
          color={isDangerous ? 'error' : 'primary'}
          disabled={isBusy || (input?.isRequired === true && value.trim() === '')}
          onClick={() => void confirm()}
        >
          {title}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
