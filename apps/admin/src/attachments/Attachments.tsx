import { attachmentExtensions, maxAttachmentBytes } from '@stockbook/client/contract'
import { Alert, LinearProgress, Stack, Typography } from '@mui/material'
import { useState } from 'react'
import { Confirm, useGetIdentity, useLocaleState, useTranslate } from 'react-admin'
import { download } from '../export/save.ts'
import { shortened } from '../messages/shortened.ts'
import type { PanelIdentity } from '../providers/authProvider.ts'
import { CallError } from '../providers/CallError.ts'
import { failureText } from '../providers/failureText.ts'
import { AttachmentRow } from './AttachmentRow.tsx'
import { FileDrop } from './FileDrop.tsx'
import {
  type AttachedTo,
  type Attachment,
  readFile,
  useAddFiles,
  useAttachments,
  useRemoveFile,
} from './useAttachments.ts'

const accept = Object.values(attachmentExtensions)
  .flat()
  .map((extension) => `.${extension}`)
  .join()

/** The files of a row: added, looked at, saved, and by an administrator removed. */
export default function Attachments({ row }: { row: AttachedTo }) {
  const translate = useTranslate()
  const [locale] = useLocaleState()
  const { identity } = useGetIdentity()
  const [problems, setProblems] = useState<readonly string[]>([])
  const [toRemove, setToRemove] = useState<Attachment | null>(null)
  const { data, error } = useAttachments(row)
  const add = useAddFiles(row)
  const remove = useRemoveFile(row)
  const isAdmin = (identity as PanelIdentity | undefined)?.role === 'admin'
  const textOf = (failure: unknown) => failureText(failure, { locale, translate })
  const tell = (failure: unknown) => setProblems([textOf(failure)])

  /** No form is there that would tell what is wrong with the name. */
  function whyOf(failure: unknown): string {
    const { errors } = failure instanceof CallError ? failure.body : {}
    if (errors === undefined) return textOf(failure)
    return Object.entries(errors)
      .map(([field, why]) => `${translate(`fields.${field}`)}: ${why}.`)
      .join(' ')
  }

  function take(files: readonly File[]) {
    const isTooLarge = (file: File) => file.size > maxAttachmentBytes
    const tooLarge = files
      .filter(isTooLarge)
      .map(({ name }) => translate('attachments.tooLarge', { name: shortened(name) }))
    setProblems(tooLarge)
    add.mutate(
      files.filter((file) => !isTooLarge(file)),
      {
        onSuccess: (refused) =>
          setProblems([
            ...tooLarge,
            ...refused.map(({ fileName, failure }) =>
              translate('attachments.refused', { name: shortened(fileName), why: whyOf(failure) }),
            ),
          ]),
      },
    )
  }

  async function save({ id, fileName }: Attachment) {
    setProblems([])
    try {
      download(await readFile(id), fileName)
    } catch (failure) {
      tell(failure)
    }
  }

  function removeIt() {
    if (toRemove) remove.mutate(toRemove.id, { onError: tell })
    setToRemove(null)
  }

  const shown = error ? [...problems, textOf(error)] : problems
  return (
    <Stack spacing={2} sx={{ py: 1 }}>
      <FileDrop
        label={translate('attachments.add')}
        hint={translate('attachments.hint')}
        accept={accept}
        multiple
        disabled={add.isPending}
        onFiles={take}
      />
      {add.isPending && <LinearProgress aria-label={translate('attachments.adding')} />}
      {shown.map((problem) => (
        <Alert key={problem} severity="error" sx={{ overflowWrap: 'anywhere' }}>
          {problem}
        </Alert>
      ))}
      {data?.length === 0 && <Typography>{translate('attachments.none')}</Typography>}
      <Stack component="ul" spacing={1} sx={{ listStyle: 'none', p: 0, m: 0 }}>
        {data?.map((attachment) => (
          <AttachmentRow
            key={attachment.id}
            attachment={attachment}
            onSave={() => void save(attachment)}
            {...(isAdmin && { onRemove: () => setToRemove(attachment) })}
          />
        ))}
      </Stack>
      <Confirm
        isOpen={toRemove !== null}
        title={translate('attachments.removeTitle', { name: toRemove?.fileName ?? '' })}
        content="attachments.removeContent"
        confirm="attachments.remove"
        onConfirm={removeIt}
        onClose={() => setToRemove(null)}
      />
    </Stack>
  )
}
