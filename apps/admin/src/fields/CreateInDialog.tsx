import { Dialog, DialogContent, DialogTitle } from '@mui/material'
import {
  CreateBase,
  type RaRecord,
  SaveButton,
  SimpleForm,
  Toolbar,
  Button,
  useCreateSuggestionContext,
  useTranslate,
} from 'react-admin'
import type { ReactNode } from 'react'
import type { Resource } from '../resources/describe.ts'

/** Makes the row that a form wants to name, without leaving the form. */
export default function CreateInDialog({
  resource,
  given = {},
  children,
}: {
  resource: Resource
  /** What the new row must be, for instance a supplier. */
  given?: Readonly<Record<string, unknown>> | undefined
  /** What asks for the fields of the row. */
  children: ReactNode
}) {
  const translate = useTranslate()
  const { filter, onCancel, onCreate } = useCreateSuggestionContext()
  const name = translate(`resources.${resource.name}.name`, { smart_count: 1 })
  const title = translate('ra.page.create', { name })
  const byWord = resource.title && filter ? { [resource.title]: filter } : {}
  return (
    <Dialog open fullWidth onClose={onCancel} aria-label={title}>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent>
        <CreateBase
          resource={resource.name}
          redirect={false}
          record={{ ...byWord, ...given }}
          mutationOptions={{ onSuccess: (row: RaRecord) => onCreate(row) }}
        >
          <SimpleForm
            noValidate
            toolbar={
              <Toolbar sx={{ gap: 1 }}>
                <SaveButton type="button" alwaysEnable />
                <Button label="ra.action.cancel" onClick={onCancel} />
              </Toolbar>
            }
          >
            {children}
          </SimpleForm>
        </CreateBase>
      </DialogContent>
    </Dialog>
  )
}
