import { Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material'
import { Button, Form, SaveButton, useTranslate } from 'react-admin'
import { fieldsOf } from '../contract/fields.ts'
import { procedure } from '../contract/procedures.ts'
import { FieldInput } from '../fields/FieldInput.tsx'
import type { RecordAction, Resource } from '../resources/describe.ts'

/** Asks whether an action is meant, and for what it takes. */
export default function ActionDialog({
  resource,
  action,
  question,
  onCancel,
  onConfirm,
}: {
  resource: Resource
  action: RecordAction
  question: string
  onCancel: () => void
  /** Gives errors by field when the answers do not do, and nothing when the work is done. */
  onConfirm: (answers: Record<string, unknown>) => Promise<object | undefined>
}) {
  const translate = useTranslate()
  const title = translate(`actions.${action.name}`)
  const fields = fieldsOf(procedure(action.procedure).input, 'input').filter(({ name }) =>
    action.ask?.includes(name),
  )
  return (
    <Dialog open fullWidth maxWidth="sm" onClose={onCancel} aria-label={title}>
      <DialogTitle>{title}</DialogTitle>
      {/* The click must not reach the row below. */}
      <Form
        noValidate
        record={{}}
        sanitizeEmptyValues
        onSubmit={(answers: Record<string, unknown>) => onConfirm(answers)}
      >
        <DialogContent onClick={(event) => event.stopPropagation()}>
          <DialogContentText sx={{ mb: 1 }}>{question}</DialogContentText>
          {fields.map((field) => (
            <FieldInput key={field.name} resource={resource} field={field} />
          ))}
        </DialogContent>
        <DialogActions onClick={(event) => event.stopPropagation()}>
          <Button label="ra.action.cancel" onClick={onCancel} size="medium" />
          <SaveButton alwaysEnable label={title} icon={<action.icon />} />
        </DialogActions>
      </Form>
    </Dialog>
  )
}
