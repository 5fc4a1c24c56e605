import type { ApiInputs, ApiOutputs } from '@stockbook/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { usePanel } from '../actions/usePanel.ts'
import { client } from '../client.ts'

export type Attachment = ApiOutputs['attachments']['list']['items'][number]

/** The row that files belong to. */
export type AttachedTo = Pick<ApiInputs['attachments']['list'], 'entity' | 'entityId'>

const keyOf = ({ entity, entityId }: AttachedTo) => ['attachments', entity, entityId]

/** The files of a row, oldest first. It has fewer than a page may have. */
export function useAttachments(row: AttachedTo) {
  return useQuery({
    queryKey: keyOf(row),
    queryFn: async ({ signal }) =>
      (await client.attachments.list.query({ ...row, limit: 200 }, { signal })).items,
  })
}

/** A file that was not added, and why. */
export type RefusedFile = { fileName: string; failure: unknown }

/** Adds files one after the other. One that is refused does not keep those after it from being added. */
export function useAddFiles(row: AttachedTo) {
  const queries = useQueryClient()
  const panel = usePanel()
  return useMutation({
    mutationFn: async (files: readonly File[]): Promise<RefusedFile[]> => {
      const refused: RefusedFile[] = []
      for (const file of files) {
        try {
          const content = await inBase64(file)
          await panel.call('attachments.add', { ...row, fileName: file.name, content })
        } catch (failure) {
          refused.push({ fileName: file.name, failure })
        }
      }
      return refused
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(row) }),
  })
}

export function useRemoveFile(row: AttachedTo) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      const admin = await client.as('admin')
      await admin.attachments.remove.mutate({ id })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(row) }),
  })
}

/** A file's bytes. */
export async function readFile(id: string, signal?: AbortSignal): Promise<Blob> {
  return (await client.attachments.content.file({ id }, { signal })).blob()
}

function inBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => {
      const address = String(reader.result)
      resolve(address.slice(address.indexOf(',') + 1))
    }
    reader.onerror = () => reject(reader.error ?? new Error(file.name))
    reader.readAsDataURL(file)
  })
}
