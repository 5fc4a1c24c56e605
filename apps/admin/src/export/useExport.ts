import type { ListProcedure } from '@stockbook/client'
import { useRef, useState } from 'react'
import { useListContext, useLocaleState, useTranslate } from 'react-admin'
import { client } from '../client.ts'
import { useColumns } from '../pages/useColumns.ts'
import { failureText } from '../providers/failureText.ts'
import { listCall } from '../providers/dataProvider.ts'
import { procedureCaller } from '../providers/procedureCaller.ts'
import type { Resource } from '../resources/describe.ts'
import { resourceOf } from '../resources/index.ts'
import { batchesOf } from './batches.ts'
import { exportFileName } from './fileName.ts'
import { ReferenceNames } from './referenceNames.ts'
import { plainColumns, readableColumns } from './resourceColumns.ts'
import { chooseSaveTarget } from './save.ts'
import { type ExportFormat, exportFormats, TooManyRowsError, writeExport } from './writeExport.ts'

type Row = Readonly<Record<string, unknown>>

export type ExportState =
  | { step: 'choosing' }
  | { step: 'writing'; rows: number }
  | { step: 'done'; rows: number; file: string }
  | { step: 'cancelled' }
  | { step: 'failed'; reason: string }

const callProcedure = procedureCaller(client)

/** Exports the list that this stands in, as it is filtered and sorted. */
export function useExport(resource: Resource) {
  const { filterValues, sort } = useListContext()
  const translate = useTranslate()
  const [locale] = useLocaleState()
  const { columns: inList, isShown } = useColumns(resource)
  const [state, setState] = useState<ExportState>({ step: 'choosing' })
  const running = useRef<AbortController | null>(null)

  async function start(format: ExportFormat, columns: 'shown' | 'all'): Promise<void> {
    const title = translate(`resources.${resource.name}.name`, { smart_count: 2 })
    const { extension, type } = exportFormats[format]
    const file = exportFileName(title, extension, new Date())
    const target = await chooseSaveTarget(file, type)
    if (target === null) return
    const controller = new AbortController()
    running.current = controller
    let rows = 0
    const onProgress = (written: number) => {
      rows = written
      setState({ step: 'writing', rows })
    }
    onProgress(0)
    const fields =
      columns === 'shown'
        ? inList.filter(isShown)
        : [...inList, ...resource.fields.filter((field) => !inList.includes(field))]
    const { procedure, input } = listCall(resource, filterValues, { sort })
    const list: ListProcedure<Row & { cursor?: string; limit?: number }, Row> = {
      query: (page, options) =>
        callProcedure(procedure, page, options?.signal) as ReturnType<typeof list.query>,
    }
    const names = new ReferenceNames(
      (name, of) => callProcedure(name, of, controller.signal),
      resourceOf,
    )
    const batches = batchesOf(list, input, { signal: controller.signal, onProgress })
    try {
      await writeExport({
        format,
        title,
        target,
        ...(format === 'json'
          ? { columns: plainColumns(fields), batches }
          : {
              columns: readableColumns(resource, fields, translate, names.nameOf),
              batches: names.known(batches, resource, fields),
            }),
      })
      setState({ step: 'done', rows, file })
    } catch (error) {
      if (controller.signal.aborted) setState({ step: 'cancelled' })
      else if (error instanceof TooManyRowsError) {
        setState({ step: 'failed', reason: translate('export.tooManyRows') })
      } else setState({ step: 'failed', reason: failureText(error, { locale, translate }) })
    } finally {
      running.current = null
    }
  }

  return { state, start, cancel: () => running.current?.abort() }
}
