import {
  Dialog,
  DialogActions,
  DialogContent,
  DialogContentText,
  DialogTitle,
  FormControlLabel,
  Radio,
  RadioGroup,
  Table,
  TableBody,
  TableCell,
  TableRow,
} from '@mui/material'
import { useState } from 'react'
import {
  Button,
  type RaRecord,
  RecordContextProvider,
  useGetOne,
  useNotify,
  useTranslate,
  useUpdate,
} from 'react-admin'
import { FieldValue } from '../fields/FieldValue.tsx'
import type { Resource } from '../resources/describe.ts'
import { compareSaves, type Difference } from './differences.ts'

/** A save that came second: the row as its form was opened with, and what was typed. */
export type ConflictingSave = { base: RaRecord; mine: Readonly<Record<string, unknown>> }

/**
 * Shows what two people gave each field, and saves what the person chooses.
 * @param onDone it was saved, or the person takes what the other one saved
 */
export function Conflict({
  resource,
  save,
  onClose,
  onDone,
}: {
  resource: Resource
  save: ConflictingSave
  onClose: () => void
  onDone: (id: RaRecord['id']) => void
}) {
  const { data: theirs } = useGetOne(
    resource.name,
    // Not what is kept of it: that is what the form was opened with.
    { id: save.base.id, meta: { conflict: save.base.version } },
    { staleTime: 0 },
  )
  if (theirs === undefined) return null
  return (
    <Choices resource={resource} save={save} theirs={theirs} onClose={onClose} onDone={onDone} />
  )
}

type Side = 'mine' | 'theirs'

function Choices({
  resource,
  save,
  theirs,
  onClose,
  onDone,
}: {
  resource: Resource
  save: ConflictingSave
  theirs: RaRecord
  onClose: () => void
  onDone: (id: RaRecord['id']) => void
}) {
  const translate = useTranslate()
  const notify = useNotify()
  const [update, { isPending }] = useUpdate()
  const [chosen, setChosen] = useState<Readonly<Record<string, Side>>>({})
  const { merged, differences } = compareSaves(resource.updateFields, { ...save, theirs })

  function leave() {
    onClose()
    onDone(theirs.id)
  }

  async function saveChosen() {
    const choices = differences.map(({ field, ...sides }) => [
      field.name,
      sides[chosen[field.name] ?? 'mine'],
    ])
    const data = { ...merged, ...Object.fromEntries(choices) }
    await update(
      resource.name,
      { id: theirs.id, data, previousData: theirs },
      {
        returnPromise: true,
        onSuccess: () => {
          notify('ra.notification.updated', { type: 'success', messageArgs: { smart_count: 1 } })
          leave()
        },
        onError: (error: unknown) => {
          notify(error instanceof Error ? error.message : String(error), { type: 'error' })
          onClose()
        },
      },
    )
  }

  return (
    <Dialog open fullWidth maxWidth="md" onClose={onClose} aria-label={translate('conflict.title')}>
      <DialogTitle>{translate('conflict.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 1 }}>
          {translate(differences.length > 0 ? 'conflict.text' : 'conflict.merged')}
        </DialogContentText>
        <Table size="small">
          <TableBody>
            {differences.map((difference) => (
              <DifferenceRow
                key={difference.field.name}
                resource={resource}
                difference={difference}
                side={chosen[difference.field.name] ?? 'mine'}
                onChoose={(side) => setChosen({ ...chosen, [difference.field.name]: side })}
              />
            ))}
          </TableBody>
        </Table>
      </DialogContent>
      <DialogActions>
        <Button label="ra.action.cancel" onClick={onClose} size="medium" />
        <Button label="conflict.theirsAll" onClick={leave} size="medium" />
        <Button
          label="conflict.save"
          variant="contained"
          disabled={isPending}
          onClick={() => void saveChosen()}
          size="medium"
        />
      </DialogActions>
    </Dialog>
  )
}

function DifferenceRow({
  resource,
  difference: { field, mine, theirs },
  side,
  onChoose,
}: {
  resource: Resource
  difference: Difference
  side: Side
  onChoose: (side: Side) => void
}) {
  const translate = useTranslate()
  const label = translate(`resources.${resource.name}.fields.${field.name}`)
  const value = (of: unknown) => (
    <RecordContextProvider value={{ id: '', [field.name]: of }}>
      <FieldValue resource={resource} field={field} />
    </RecordContextProvider>
  )
  return (
    <TableRow>
      <TableCell component="th" scope="row">
        {label}
      </TableCell>
      <TableCell>
        <RadioGroup
          aria-label={label}
          value={side}
          onChange={(_event, chosen) => onChoose(chosen as Side)}
        >
          {(['mine', 'theirs'] as const).map((which) => (
            <FormControlLabel
              key={which}
              value={which}
              control={<Radio size="small" />}
              label={
                <>
                  {translate(`conflict.${which}`)}: {value(which === 'mine' ? mine : theirs)}
                </>
              }
            />
          ))}
        </RadioGroup>
      </TableCell>
    </TableRow>
  )
}
