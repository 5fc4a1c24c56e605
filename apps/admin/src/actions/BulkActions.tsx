import { lazy, Suspense, useState } from 'react'
import { Button, type RaRecord, useListContext, useTranslate } from 'react-admin'
import { extensionsOf } from '../extensions.ts'
import type { RecordAction, Resource } from '../resources/describe.ts'
import { BulkResult, type RowOutcome } from './BulkResult.tsx'
import { useAllowedActions } from './useAllowedActions.ts'
import { usePanel } from './usePanel.ts'

const ActionDialog = lazy(() => import('./ActionDialog.tsx'))

/** The buttons for what can be done with the selected rows. */
export function BulkActions({ resource }: { resource: Resource }) {
  const actions = useAllowedActions(resource).filter(({ isBulk }) => isBulk ?? true)
  const { bulkButtons = [] } = extensionsOf(resource.name)
  return (
    <>
      {actions.map((action) => (
        <BulkAction key={action.name} resource={resource} action={action} />
      ))}
      {bulkButtons.map((BulkButton, index) => (
        <Suspense key={index}>
          <BulkButton resource={resource} />
        </Suspense>
      ))}
    </>
  )
}

/** Does an action with each selected row by itself: a refusal of one keeps none of the others back. */
function BulkAction({ resource, action }: { resource: Resource; action: RecordAction }) {
  const { selectedIds, onUnselectItems, refetch, data = [] } = useListContext()
  const panel = usePanel()
  const translate = useTranslate()
  const [isAsking, setIsAsking] = useState(false)
  const [outcomes, setOutcomes] = useState<RowOutcome[] | null>(null)

  async function rowOf(id: unknown): Promise<RaRecord> {
    const shown = data.find((row) => row.id === id)
    // Selected on another page.
    return shown ?? (await panel.getOne(resource.name, { id: id as string })).data
  }

  async function outcomeOf(id: unknown, answers: Record<string, unknown>): Promise<RowOutcome> {
    try {
      const row = await rowOf(id)
      const title = String(row[resource.title ?? 'id'])
      return await panel.act(action, row, answers).then(
        () => ({ title, refusal: null }),
        (error: unknown) => ({ title, refusal: error }),
      )
    } catch (error) {
      return { title: String(id), refusal: error }
    }
  }

  async function actOnAll(answers: Record<string, unknown>) {
    const done: RowOutcome[] = []
    for (const id of selectedIds) done.push(await outcomeOf(id, answers))
    setOutcomes(done)
    setIsAsking(false)
    return undefined
  }

  function close() {
    setOutcomes(null)
    onUnselectItems()
    void refetch()
  }

  return (
    <>
      <Button label={`actions.${action.name}`} onClick={() => setIsAsking(true)}>
        <action.icon />
      </Button>
      {isAsking && (
        <Suspense>
          <ActionDialog
            resource={resource}
            action={action}
            question={translate('actions.sureAll', { smart_count: selectedIds.length })}
            onCancel={() => setIsAsking(false)}
            onConfirm={actOnAll}
          />
        </Suspense>
      )}
      {outcomes && <BulkResult action={action} outcomes={outcomes} onClose={close} />}
    </>
  )
}
