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

  return (
    <Toolbar sx={toolbarStyle}>
      <SaveButton />
      <SaveButton
        type="button"
        variant="text"
        label="form.addAnother"
        icon={null}
        mutationOptions={{ onSuccess }}
      />
    </Toolbar>
  )
}

/** Saves a row, and goes back to its page or stays with the form. */
export function EditToolbar() {
  const notify = useNotify()

  function onSuccess() {
    notify('ra.notification.updated', { type: 'success', messageArgs: { smart_count: 1 } })
  }

  return (
    <Toolbar sx={toolbarStyle}>
      <SaveButton />
      <SaveButton
        type="button"
        variant="text"
        label="form.apply"
        icon={null}
        mutationOptions={{ onSuccess }}
      />
    </Toolbar>
  )
}

const toolbarStyle = { gap: 1 } as const
