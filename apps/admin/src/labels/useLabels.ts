import { useEffect, useState } from 'react'
import { useLocaleState, useTranslate } from 'react-admin'
import { client } from '../client.ts'
import { dayText } from '../fields/formats.ts'
import { failureText } from '../providers/failureText.ts'
import type { LabelContent, LabelWords, SymbolStyle } from './content.ts'
import { contentsOf, type ProductLabels } from './contentsOf.ts'
import { type LabelFont, loadLabelFont } from './labelFont.ts'
import { type LabelledTable, type LabelTarget, loadTargets } from './loadTargets.ts'
import { labelStocks, type LabelStock } from './stocks.ts'

export type LabelSettings = {
  stock: LabelStock
  style: SymbolStyle
  what: ProductLabels
  copies: number
  /** The first free place of the first sheet, from 0. */
  start: number
}

type Loaded = { targets: readonly LabelTarget[]; font: LabelFont }

/** The rows and the font that labels need, and what the labels will say. */
export function useLabels(table: LabelledTable, ids: readonly string[]) {
  const translate = useTranslate()
  const [locale] = useLocaleState()
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [settings, setSettings] = useState<LabelSettings>({
    stock: labelStocks[0] as LabelStock,
    style: 'barcode',
    what: 'unit',
    copies: 1,
    start: 0,
  })

  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    Promise.all([loadTargets(client, table, ids, signal), loadLabelFont()]).then(
      ([targets, font]) => signal.aborted || setLoaded({ targets, font }),
      (error: unknown) => signal.aborted || setProblem(failureText(error, { locale, translate })),
    )
    return () => controller.abort()
  }, [table, ids, locale, translate])

  const words: LabelWords = {
    lot: translate('labels.lot'),
    expires: translate('labels.expires'),
    day: (day) => dayText(day, locale),
    pieces: (factor, unit) => translate('labels.pieces', { factor, unit }),
  }
  const contents: LabelContent[] =
    loaded === null ? [] : contentsOf(loaded.targets, settings.style, settings.what, words)
  return { loaded, problem, settings, setSettings, contents }
}
