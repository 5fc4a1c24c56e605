import type { Page } from 'playwright-core'

/** The letters of a Russian keyboard, by the Latin ones at the same places. */
const russianLetters: Readonly<Record<string, string>> = Object.fromEntries(
  [...'qwertyuiopasdfghjklzxcvbnm'].map((letter, index) => [
    letter,
    [...'йцукенгшщзфывапролдячсмить'][index]!,
  ]),
)

/**
 * Presses the keys of a text and Enter as a keyboard scanner does: a few milliseconds apart, whatever
 * has the focus.
 * @param layout of the computer: the scanner always means a US keyboard
 */
export async function scan(page: Page, text: string, layout: 'us' | 'russian' = 'us') {
  const session = await page.context().newCDPSession(page)
  const keys = [...text].map((character) => keyOf(character, layout))
  // The keys say themselves when they were pressed: a busy machine makes no slow scanner of this one.
  const startedAt = Date.now() / 1000 - keys.length * secondsBetweenKeys
  await Promise.all(
    [...keys, enter].flatMap((key, index) => {
      const timestamp = startedAt + index * secondsBetweenKeys
      return [
        session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, timestamp }),
        session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key, text: '', timestamp }),
      ]
    }),
  )
  await session.detach()
  // Nobody aims at the next label sooner.
  await page.waitForTimeout(aimingMs)
}

const secondsBetweenKeys = 0.008

const aimingMs = 300

const shift = 8

const enter = { key: 'Enter', code: 'Enter', text: '\r', windowsVirtualKeyCode: 13, modifiers: 0 }

function keyOf(character: string, layout: 'us' | 'russian') {
  const isUpper = /[A-Z]/.test(character)
  const letter = character.toLowerCase()
  if (/[a-z]/.test(letter)) {
    const other = russianLetters[letter]!
    const key = layout === 'us' ? character : isUpper ? other.toUpperCase() : other
    return { key, code: `Key${letter.toUpperCase()}`, text: key, modifiers: isUpper ? shift : 0 }
  }
  if (/\d/.test(character)) {
    return { key: character, code: `Digit${character}`, text: character, modifiers: 0 }
  }
  const [code, modifiers] = signs[character] ?? ['', 0]
  return { key: character, code, text: character, modifiers }
}

const signs: Readonly<Record<string, [code: string, modifiers: number]>> = {
  ' ': ['Space', 0],
  '-': ['Minus', 0],
  '(': ['Digit9', shift],
  ')': ['Digit0', shift],
  '.': ['Period', 0],
}
