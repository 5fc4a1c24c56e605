import Create from '@mui/icons-material/Create'
import { IconButton } from '@mui/material'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import {
  useGetRecordRepresentation,
  useRecordContext,
  useResourceContext,
  useTranslate,
} from 'react-admin'
import type { RowParts } from './RowFrame.ts'

const RowForm = lazy(() => import('./RowForm.tsx'))

/** A row that may be changed in its list: as it is shown, or with inputs in its cells. */
export function RowEditing({ children }: { children: (parts: RowParts) => ReactElement }) {
  const [state, setState] = useState<'untouched' | 'edited' | 'left'>('untouched')
  const shown = children({
    buttons: <EditButton takesFocus={state === 'left'} onClick={() => setState('edited')} />,
  })
  if (state !== 'edited') return shown
  return (
    <Suspense fallback={shown}>
      <RowForm onClose={(hadFocus) => setState(hadFocus ? 'left' : 'untouched')}>
        {children}
      </RowForm>
    </Suspense>
  )
}

/** @param takesFocus the row was changed, and the focus comes back from it */
function EditButton({ takesFocus, onClick }: { takesFocus: boolean; onClick: () => void }) {
  const translate = useTranslate()
  const represent = useGetRecordRepresentation(useResourceContext())
  return (
    <span>
      <IconButton
        size="small"
        autoFocus={takesFocus}
        aria-label={translate('list.editRow', { name: String(represent(useRecordContext())) })}
        onClick={(event) => {
          event.stopPropagation()
          onClick()
        }}
      >
        <Create fontSize="small" />
      </IconButton>
    </span>
  )
}
