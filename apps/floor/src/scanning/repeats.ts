/** A trigger that is held down reads the same code again and again. */
const sameWithinMs = 2_000

/** Recognises a code that was read a moment ago. */
export function createRepeats() {
  let last = ''
  let lastAt = Number.NEGATIVE_INFINITY
  return {
    /** Whether it is the last code once more, within two seconds of when it was last seen. */
    isRepeat(text: string, at: number): boolean {
      const isSame = text === last && at - lastAt < sameWithinMs
      last = text
      lastAt = at
      return isSame
    },
  }
}
