import fontUrl from 'dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf?url'
import type { MeasureText } from './layout.ts'

/** The font of the labels, for the preview and for the PDF: both must break lines alike. */
export type LabelFont = { bytes: ArrayBuffer; family: string; measure: MeasureText }

let loading: Promise<LabelFont> | null = null

/** Loads the font when it is first needed. */
export function loadLabelFont(): Promise<LabelFont> {
  loading ??= load().catch((error: unknown) => {
    loading = null
    throw error
  })
  return loading
}

async function load(): Promise<LabelFont> {
  const answer = await fetch(fontUrl)
  if (!answer.ok) throw new Error(`The font of the labels did not come: HTTP ${answer.status}.`)
  const bytes = await answer.arrayBuffer()
  const family = 'Stockbook Labels'
  document.fonts.add(await new FontFace(family, bytes.slice(0)).load())
  const context = document.createElement('canvas').getContext('2d')
  if (context === null) throw new Error('This browser cannot measure text.')
  context.font = `100px "${family}"`
  return {
    bytes,
    family,
    measure: (text, size) => (context.measureText(text).width / 100) * size,
  }
}
