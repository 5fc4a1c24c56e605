import { lazy, Suspense, useState } from 'react'
import {
  Button,
  useGetRecordRepresentation,
  useNotify,
  useRecordContext,
  useRefresh,
  useTranslate,
} from 'react-admin'
import { CallError } from '../providers/CallError.ts'
import type { RecordAction, Resource } from '../resources/describe.ts'
import { useAllowedActions } from './useAllowedActions.ts'
import { usePanel } from './usePanel.ts'

const ActionDialog = lazy(() => import('./ActionDialog.tsx'))

/** The buttons for what can be done with the row they stand at. */
export function RowActions({ resource }: { resource: Resource }) {
  const record = useRecordContext()
  const actions = useAllowedActions(resource)
  if (record === undefined) return null
  return actions
    .filter(({ appliesTo }) => appliesTo?.(record) ?? true)
    .map((action) => <ActionButton key={action.name} resource={resource} action={action} />)
}

function ActionButton({ resource, action }: { resource: Resource; action: RecordAction }) {
  const record = useRecordContext()
  const panel = usePanel()
  const notify = useNotify()
  const refresh = useRefresh()
  const translate = useTranslate()
  const represent = useGetRecordRepresentation(resource.name)
  const [isAsking, setIsAsking] = useState(false)
  if (record === undefined) return null
  const label = translate(`actions.${action.name}`)

  async function act(answers: Record<string, unknown>) {
    if (record === undefined) return undefined
    try {
      await panel.act(action, record, answers)
    } catch (error) {
      if (error instanceof CallError && error.body.errors) return error.body.errors as object
      notify(error instanceof Error ? error.message : String(error), { type: 'error' })
      setIsAsking(false)
      refresh()
      return undefined
    }
    notify('actions.done', { type: 'success', messageArgs: { action: label } })
    setIsAsking(false)
    refresh()
    return undefined
  }

  const mustAsk = (action.confirm ?? true) || action.ask !== undefined
  return (
    <>
      <Button
        label={label}
        onClick={(event) => {
          event.stopPropagation()
          if (mustAsk) setIsAsking(true)
          else void act({})
        }}
      >
        <action.icon />
      </Button>
      {isAsking && (
        <Suspense>
          <ActionDialog
            resource={resource}
            action={action}
            question={translate('actions.sure', { title: String(represent(record)) })}
            onCancel={() => setIsAsking(false)}
            onConfirm={act}
          />
        </Suspense>
      )}
    </>
  )
}
