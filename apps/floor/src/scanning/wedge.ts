import { type KeyPress, placed, printed } from './keyCharacters.ts'

/** A scanner leaves a few milliseconds between keys, and no person types two so fast, over and over. */
const longestGapMs = 50

/** Without an Enter or Tab at its end, so many fast keys are a scan all the same. */
const surelyAScan = 6

/** What the wedge makes of a key. */
export type WedgeAnswer =
  /** `scan`: it was the last of a scan, and must do nothing else. */
  | { kind: 'scan'; text: string }
  /** Perhaps it is the first of a scan. */
  | { kind: 'first' }
  | { kind: 'more' }
  | { kind: 'none' }

/**
 * Tells the scans of a scanner that pretends to be a keyboard from a person's typing, by their speed.
 * It knows no page: it is given keys and their times.
 */
export function createWedge() {
  let byLayout = ''
  let byPlace = ''
  let lastAt = Number.NEGATIVE_INFINITY

  function clear(): void {
    byLayout = ''
    byPlace = ''
  }

  function take(): string {
    // A layout with other letters, as the Russian one, moves its signs too: then the places are right.
    const text = /\P{ASCII}/u.test(byLayout) ? byPlace : byLayout
    clear()
    return text
  }

  return {
    /** @param at milliseconds, of any clock that only runs forward */
    press(key: KeyPress, at: number): WedgeAnswer {
      const isFast = at - lastAt <= longestGapMs
      if (key.key === 'Shift' || key.key === 'Control' || key.key === 'CapsLock')
        return { kind: 'none' }
      if (!isFast) clear()
      lastAt = at
      if (key.key === 'Enter' || key.key === 'Tab') {
        if (byLayout.length >= 2) return { kind: 'scan', text: take() }
        clear()
        return { kind: 'none' }
      }
      const character = printed(key)
      if (character === null) {
        clear()
        return { kind: 'none' }
      }
      byLayout += character
      byPlace += placed(key) ?? ''
      return { kind: byLayout.length === 1 ? 'first' : 'more' }
    },
    /** Asked when no key came for a while: the scan of a scanner that sends no end. */
    rest(at: number): string | null {
      if (at - lastAt <= longestGapMs) return null
      if (byLayout.length >= surelyAScan) return take()
      clear()
      return null
    },
  }
}
