import { newCommandId, type StockbookClient } from '@stockbook/client'
import { Alert, Button, Checkbox, FormControlLabel, Stack } from '@mui/material'
import { useState } from 'react'
import { RecordContextProvider, useTranslate } from 'react-admin'
import { Link } from 'react-router'
import { client } from '../client.ts'
import { CopyButton } from '../pages/CopyButton.tsx'
import { filteredList } from '../pages/filteredList.ts'
import { resourceOf } from '../resources/index.ts'
import { CheckDialog } from './CheckDialog.tsx'
import type { Check } from './types.ts'
import { useCheckReport, useRereadCheck } from './useCheck.ts'

type Step = 'submit' | 'recount' | 'approve' | 'cancel'

/** What can be done with a check in its present state, and why something cannot. */
export function CheckActions({
  check,
  isAdmin,
  userId,
  selected,
  onDone,
}: {
  check: Check
  isAdmin: boolean
  userId: unknown
  /** Ids of the lines that are chosen to be counted again. */
  selected: ReadonlySet<string>
  onDone: () => void
}) {
  const translate = useTranslate()
  const [step, setStep] = useState<Step | null>(null)
  const [posted, setPosted] = useState<number | null>(null)
  const isReview = check.status === 'review'
  const mayCancel = isAdmin && (check.status === 'open' || isReview)
  const counters = useCheckReport(check.id, isAdmin && isReview).data?.counters ?? []
  const hasCounted = counters.some((counter) => counter.userId === userId)
  return (
    <Stack spacing={2}>
      {isReview && counters.length > 0 && (
        <Alert severity={hasCounted ? 'warning' : 'info'}>
          {translate('checks.duties', { names: counters.map(({ name }) => name).join(', ') })}{' '}
          {hasCounted && translate('checks.dutiesYou')}
        </Alert>
      )}
      {posted !== null && (
        <Alert severity="success">{translate('checks.posted', { smart_count: posted })}</Alert>
      )}
      <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: 'wrap' }}>
        {check.status === 'open' && (
          <Button variant="contained" onClick={() => setStep('submit')}>
            {translate('checks.submit')}
          </Button>
        )}
        {isAdmin && isReview && (
          <>
            <Button variant="contained" disabled={hasCounted} onClick={() => setStep('approve')}>
              {translate('checks.approve')}
            </Button>
            <Button
              variant="outlined"
              disabled={selected.size === 0}
              onClick={() => setStep('recount')}
            >
              {translate('checks.recount', { smart_count: selected.size })}
            </Button>
          </>
        )}
        {check.commandId !== null && (
          <Button
            component={Link}
            to={filteredList('movements', { where: { commandId: { equals: check.commandId } } })}
          >
            {translate('checks.movements')}
          </Button>
        )}
        <RecordContextProvider value={check}>
          <CopyButton resource={resourceOf('checks')} />
        </RecordContextProvider>
        {mayCancel && (
          <Button color="error" onClick={() => setStep('cancel')}>
            {translate('checks.cancel')}
          </Button>
        )}
      </Stack>
      {step !== null && (
        <StepDialog
          step={step}
          check={check}
          selected={selected}
          onClose={() => setStep(null)}
          onPosted={setPosted}
          onDone={onDone}
        />
      )}
    </Stack>
  )
}

function StepDialog({
  step,
  check,
  selected,
  onClose,
  onPosted,
  onDone,
}: {
  step: Step
  check: Check
  selected: ReadonlySet<string>
  onClose: () => void
  onPosted: (adjustments: number) => void
  onDone: () => void
}) {
  const translate = useTranslate()
  const reread = useRereadCheck()
  const [skipUncounted, setSkipUncounted] = useState(false)
  // Made once: a second click after a lost answer posts nothing twice.
  const [commandId] = useState(newCommandId)
  const target = { id: check.id, expectedVersion: check.version }

  async function asAdmin(work: (admin: StockbookClient<'admin'>) => Promise<unknown>) {
    await work(await client.as('admin'))
  }

  async function act(text: string): Promise<void> {
    const remark = text === '' ? null : text
    switch (step) {
      case 'submit':
        await client.checks.submit.mutate({ ...target, skipUncounted })
        break
      case 'recount':
        await asAdmin((admin) =>
          admin.checks.recount.mutate({ ...target, remark, lineIds: [...selected] }),
        )
        break
      case 'approve':
        await asAdmin(async (admin) => {
          const answer = await admin.checks.approve.mutate({ ...target, commandId, remark })
          onPosted(answer.adjustments)
        })
        break
      case 'cancel':
        await asAdmin((admin) => admin.checks.cancel.mutate({ ...target, reason: text }))
    }
    onDone()
    onClose()
  }

  return (
    <CheckDialog
      title={translate(`checks.${step}`, { smart_count: selected.size })}
      text={translate(`checks.${step}Text`)}
      isDangerous={step === 'cancel'}
      input={
        step === 'submit'
          ? null
          : step === 'cancel'
            ? { label: translate('checks.reason'), isRequired: true }
            : { label: translate('checks.remark'), isRequired: false }
      }
      onCancel={onClose}
      onConfirm={act}
      onFinished={() => void reread()}
    >
      {step === 'submit' && check.toCount > 0 && (
        <FormControlLabel
          control={
            <Checkbox
              checked={skipUncounted}
              onChange={(_event, checked) => setSkipUncounted(checked)}
            />
          }
          label={translate('checks.skipUncounted', { smart_count: check.toCount })}
        />
      )}
    </CheckDialog>
  )
}
