import {
  Dialog,
  DialogActions,
  DialogContent,
  DialogContentText,
  DialogTitle,
  Table,
  TableBody,
  TableCell,
  TableRow,
} from '@mui/material'
import { Button, useTranslate } from 'react-admin'
import type { RecordAction } from '../resources/describe.ts'

/** What became of one row. `refusal`: why it was not done; `null`: it was. */
export type RowOutcome = { title: string; refusal: unknown }

/** Says of each row whether the action was done, and if not, why. */
export function BulkResult({
  action,
  outcomes,
  onClose,
}: {
  action: RecordAction
  outcomes: readonly RowOutcome[]
  onClose: () => void
}) {
  const translate = useTranslate()
  const title = translate('actions.result', { action: translate(`actions.${action.name}`) })
  const refused = outcomes.filter(({ refusal }) => refusal !== null).length
  return (
    <Dialog open fullWidth maxWidth="sm" onClose={onClose} aria-label={title}>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent>
        <DialogContentText>
          {translate('actions.resultSum', { done: outcomes.length - refused, refused })}
        </DialogContentText>
        <Table size="small">
          <TableBody>
            {outcomes.map(({ title: row, refusal }, index) => (
              <TableRow key={index}>
                <TableCell component="th" scope="row">
                  {row}
                </TableCell>
                <TableCell sx={{ color: refusal === null ? 'success.main' : 'error.main' }}>
                  {refusal === null ? translate('actions.succeeded') : reasonOf(refusal)}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </DialogContent>
      <DialogActions>
        <Button label="ra.action.close" onClick={onClose} size="medium" />
      </DialogActions>
    </Dialog>
  )
}

function reasonOf(refusal: unknown): string {
  return refusal instanceof Error ? refusal.message : String(refusal)
}
