import { SaveButton, Toolbar, useNotify, useRecordFromLocation } from 'react-admin'
import { useFormContext } from 'react-hook-form'

/** Saves a new row, and goes to its page or asks for the next one. */
export function CreateToolbar() {
  const notify = useNotify()
  const { formState, reset } = useFormContext()
  const { defaultValues } = formState
  const copied = useRecordFromLocation()

  function onSuccess() {
    notify('ra.notification.created', { type: 'success', messageArgs: { smart_count: 1 } })
    // As it was opened: what a copy has in common stands again, and can be saved at once.
    reset({ ...defaultValues, ...copied }, { keepDefaultValues: true })
  }

  return <SaveOrStay label="form.addAnother" onSuccess={onSuccess} />
}

/** Saves a row, and goes back to its page or stays with the form. */
export function EditToolbar() {
  const notify = useNotify()

  function onSuccess() {
    notify('ra.notification.updated', { type: 'success', messageArgs: { smart_count: 1 } })
  }

  return <SaveOrStay label="form.apply" onSuccess={onSuccess} />
}

/** @param label of the button that saves without leaving the form */
function SaveOrStay({ label, onSuccess }: { label: string; onSuccess: () => void }) {
  return (
    <Toolbar sx={{ gap: 1 }}>
      <SaveButton />
      <SaveButton
        type="button"
        variant="text"
        label={label}
        icon={null}
        mutationOptions={{ onSuccess }}
      />
    </Toolbar>
  )
}
