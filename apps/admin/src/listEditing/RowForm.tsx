import Check from '@mui/icons-material/Check'
import Close from '@mui/icons-material/Close'
import { Box, IconButton } from '@mui/material'
import { FormGroupsProvider, SourceContextProvider, useAugmentedForm } from 'ra-core'
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import {
  type RaRecord,
  useGetRecordRepresentation,
  useNotify,
  useRecordContext,
  useRefresh,
  useResourceContext,
  useTranslate,
  useUpdate,
} from 'react-admin'
import { FormProvider } from 'react-hook-form'
import { Conflict, type ConflictingSave } from '../conflict/Conflict.tsx'
import { asFilled, changesBetween, inputFrom } from '../contract/inputs.ts'
import { FieldInput } from '../fields/FieldInput.tsx'
import { useColumns } from '../pages/useColumns.ts'
import { CallError } from '../providers/CallError.ts'
import type { Resource } from '../resources/describe.ts'
import { useResource } from '../resources/useResource.ts'
import { CellInputs } from './CellInputs.ts'
import { partFaults } from './faults.ts'
import type { RowParts } from './RowFrame.ts'

type Values = Readonly<Record<string, unknown>>

/** A row of a list with inputs in the cells that may be changed there. Enter saves, Escape leaves it. */
export default function RowForm({ onClose, children }: RowFormProps) {
  const resource = useResource(useResourceContext() ?? '')
  const record = useRecordContext<RaRecord>()
  // What others save meanwhile comes into the list, and not into what is being typed.
  const [base] = useState(record)
  if (resource === undefined || base === undefined) return null
  return (
    <Inputs resource={resource} base={base} onClose={onClose}>
      {children}
    </Inputs>
  )
}

type RowFormProps = {
  /** @param hadFocus the focus goes with the inputs, or is nowhere */
  onClose: (hadFocus: boolean) => void
  children: (parts: RowParts) => ReactElement
}

function Inputs({
  resource,
  base,
  onClose,
  children,
}: RowFormProps & { resource: Resource; base: RaRecord }) {
  const { name } = resource
  const translate = useTranslate()
  const notify = useNotify()
  const refresh = useRefresh()
  const rowName = useGetRecordRepresentation(name)(base)
  const [update, { isPending }] = useUpdate<RaRecord, Error>()
  const [conflict, setConflict] = useState<ConflictingSave | null>(null)
  const place = useRef<HTMLFormElement>(null)
  const { isShown } = useColumns(resource)
  const editable = resource.updateFields.filter((field) =>
    resource.listEditable?.includes(field.name),
  )
  const fields = editable.filter(isShown)
  const { form, formHandleSubmit } = useAugmentedForm({
    // A column that comes or goes takes nothing away of what was typed.
    record: { id: base.id, ...inputFrom(editable, base) },
    onSubmit: save,
  })

  async function save(values: Values) {
    if (isPending) return undefined
    if (Object.keys(changesBetween(editable, base, values)).length === 0) return leave()
    try {
      await update(
        name,
        { id: base.id, data: values, previousData: base },
        { mutationMode: 'pessimistic', returnPromise: true },
      )
    } catch (error) {
      return tell(error, values)
    }
    notify('ra.notification.updated', { type: 'success', messageArgs: { smart_count: 1 } })
    return leave()
  }

  function leave() {
    const row = place.current?.closest('tr')
    // Left while it was being saved: it may be open for another change by now.
    if (!row) return
    const { activeElement, body } = document
    // While it was being saved, the person may have gone on to another row.
    onClose(activeElement === body || row.contains(activeElement))
  }

  /** @returns what is told at the inputs */
  function tell(error: unknown, mine: Values) {
    if (error instanceof CallError && error.refusal.code === 'CHANGED_MEANWHILE') {
      return setConflict({ base, mine })
    }
    const { atInputs, beside } = partFaults(error, fields)
    const told = Object.entries(beside).map(([field, why]) =>
      field === '' ? why : `${translate(`resources.${name}.fields.${field}`)}: ${why}`,
    )
    if (told.length > 0) notify(told.join('. '), { type: 'error' })
    return atInputs
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    // Not what a choice or a dialog above the row answers to.
    if (event.defaultPrevented || !event.currentTarget.contains(event.target as Node)) return
    if (event.key === 'Escape') leave()
    if (event.key === 'Enter' && !event.repeat && event.target instanceof HTMLInputElement) {
      event.preventDefault()
      place.current?.requestSubmit()
    }
  }

  useEffect(() => {
    const row = place.current?.closest('tr')
    row?.querySelector<HTMLInputElement>('td:not(:first-of-type) input')?.focus()
  }, [])

  const inputs = new Map(
    fields.map((field) => [
      field.name,
      <Box key={field.name} sx={figures.includes(field.kind) ? narrow : wide}>
        <FieldInput resource={resource} field={asFilled(field)} />
      </Box>,
    ]),
  )
  const buttons = (
    <form
      ref={place}
      noValidate
      onSubmit={formHandleSubmit}
      style={{ display: 'inline-flex', verticalAlign: 'middle' }}
    >
      <IconButton
        type="submit"
        size="small"
        color="primary"
        aria-label={translate('list.saveRow', { name: rowName })}
      >
        <Check fontSize="small" />
      </IconButton>
      <IconButton
        size="small"
        aria-label={translate('list.leaveRow', { name: rowName })}
        onClick={leave}
      >
        <Close fontSize="small" />
      </IconButton>
    </form>
  )
  const source = useMemo(
    () => ({
      getSource: (field: string) => field,
      getLabel: (field: string) => `resources.${name}.fields.${field}`,
    }),
    [name],
  )

  function leaveConflict() {
    onClose(true)
    refresh()
  }

  return (
    <SourceContextProvider value={source}>
      <FormProvider {...form}>
        <FormGroupsProvider>
          <CellInputs value={inputs}>
            {children({ buttons, onKeyDown, onClick: stayHere })}
          </CellInputs>
        </FormGroupsProvider>
      </FormProvider>
      {conflict && (
        <Conflict
          resource={resource}
          save={conflict}
          onClose={() => setConflict(null)}
          onDone={leaveConflict}
        />
      )}
    </SourceContextProvider>
  )
}

/** Only a fault needs room under an input. */
const wide = {
  minWidth: 140,
  '& .MuiFormHelperText-root:not(.Mui-error)': { display: 'none' },
} as const

const narrow = { ...wide, minWidth: 100 } as const

const figures = ['integer', 'decimal']

/** A click on the row does not lead to its page. */
function stayHere(event: MouseEvent) {
  event.stopPropagation()
}
