import { useEffect, useRef } from 'react'
import { createWedge } from './wedge.ts'

const restMs = 120

/** Calls `onScan` for every scan of a keyboard scanner, wherever the focus is. */
export function useScanner(onScan: (text: string) => void): void {
  const latest = useRef(onScan)
  latest.current = onScan
  useEffect(() => {
    const wedge = createWedge()
    let field: Field | null = null
    let timer: ReturnType<typeof setTimeout> | undefined

    const finish = (text: string) => {
      clearTimeout(timer)
      field?.restore()
      field = null
      latest.current(text)
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.repeat || event.altKey || event.metaKey || event.isComposing) return
      const answer = wedge.press(event, event.timeStamp)
      if (answer.kind === 'first') field = fieldOf(event.target)
      if (answer.kind === 'scan') {
        event.preventDefault()
        event.stopPropagation()
        finish(answer.text)
        return
      }
      // Within a scan a space is a character, and presses no button that has the focus.
      if (answer.kind === 'more' && event.key === ' ' && !isTextField(event.target)) {
        event.preventDefault()
      }
      clearTimeout(timer)
      timer = setTimeout(() => {
        const text = wedge.rest(performance.now())
        if (text !== null) finish(text)
      }, restMs)
    }
    // Before any other listener: the keys of a scan are no keys for the page.
    document.addEventListener('keydown', onKeyDown, { capture: true })
    return () => {
      clearTimeout(timer)
      document.removeEventListener('keydown', onKeyDown, { capture: true })
    }
  }, [])
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(target.type)
}

type Field = { restore(): void }

/** Remembers what stands in a text field, to take out of it what a scanner typed into it. */
function fieldOf(target: EventTarget | null): Field | null {
  if (!(target instanceof HTMLInputElement)) return null
  const before = target.value
  return {
    restore() {
      // React learns of a value by the prototype's setter and the event.
      const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!
      set!.call(target, before)
      target.dispatchEvent(new Event('input', { bubbles: true }))
    },
  }
}
