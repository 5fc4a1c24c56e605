import { Card, CardContent, Stack, Step, StepLabel, Stepper, Typography } from '@mui/material'
import { useState } from 'react'
import { Title, useTranslate } from 'react-admin'
import { useSearchParams } from 'react-router'
import { CheckStep } from './CheckStep.tsx'
import { ColumnsStep } from './ColumnsStep.tsx'
import { FileStep } from './FileStep.tsx'
import { type ImportKind, importKinds } from './importers.ts'
import { ResultStep } from './ResultStep.tsx'
import { RunningStep } from './RunningStep.tsx'
import { type ImportState, useImport } from './useImport.ts'

const steps = ['file', 'columns', 'check', 'result'] as const

const stepOf: Record<ImportState['step'], number> = {
  file: 0,
  columns: 1,
  checking: 1,
  check: 2,
  running: 3,
  result: 3,
}

/** Brings master data and opening stock from a file into Stockbook, step by step. */
export default function ImportPage() {
  const [parameters] = useSearchParams()
  const wanted = importKinds.find((each) => each === parameters.get('kind'))
  const [kind, setKind] = useState<ImportKind>(wanted ?? 'products')
  const translate = useTranslate()
  const work = useImport(kind)
  const { state } = work
  return (
    <Card sx={{ mt: 2, maxWidth: 1100 }}>
      <Title title={translate('import.title')} />
      <CardContent>
        <Stack spacing={3}>
          <Typography variant="h5" component="h2">
            {state.step === 'file'
              ? translate('import.title')
              : `${translate('import.title')}: ${translate(`import.kinds.${kind}`)}`}
          </Typography>
          <Stepper activeStep={stepOf[state.step]}>
            {steps.map((step) => (
              <Step key={step} completed={stepOf[state.step] > steps.indexOf(step)}>
                <StepLabel>{translate(`import.steps.${step}`)}</StepLabel>
              </Step>
            ))}
          </Stepper>
          {state.step === 'file' && (
            <FileStep
              kind={kind}
              onKind={setKind}
              problem={state.problem}
              onFile={(file) => void work.choose(file)}
            />
          )}
          {(state.step === 'columns' || state.step === 'checking') && (
            <ColumnsStep
              state={state}
              importer={work.importer}
              mapping={work.mapping}
              onMapping={work.setMapping}
              existing={work.existing}
              onExisting={work.setExisting}
              onBack={work.restart}
              onCancel={work.cancel}
              onCheck={() => void work.check(state.table, state.file)}
            />
          )}
          {state.step === 'check' && (
            <CheckStep
              plan={state.plan}
              onBack={() => work.backToColumns(state.table, state.file)}
              onRun={() => void work.run(state.plan)}
            />
          )}
          {state.step === 'running' && <RunningStep state={state} onCancel={work.cancel} />}
          {state.step === 'result' && (
            <ResultStep run={state.run} kind={kind} onRestart={work.restart} />
          )}
        </Stack>
      </CardContent>
    </Card>
  )
}
