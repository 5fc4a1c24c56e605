import { dictionary } from '@zxcvbn-ts/language-common'
import { StockError } from '../../errors.ts'

/** Passwords that guessers try first: some fifty thousand of those that were found in leaks. */
const common = new Set(dictionary['passwords-common'])

/**
 * Refuses a password that is known, that repeats itself, or that holds the user's own name.
 * @param field what the input calls it
 * @throws StockError INVALID_INPUT
 */
export function refuseWeakPassword(password: string, username: string, field: string): void {
  const lower = password.toLowerCase()
  const name = username.toLowerCase()
  const message = isKnown(lower)
    ? 'is one of the passwords that guessers try first'
    : new Set(lower).size < 5
      ? 'must have at least five different characters'
      : name.length >= 4 && lower.includes(name)
        ? 'must not hold the user name'
        : null
  if (message) throw new StockError('INVALID_INPUT', { issues: [{ path: [field], message }] })
}

/** Also when it was made long enough by saying it again: `monkey123monkey123`. */
function isKnown(lower: string): boolean {
  if (common.has(lower)) return true
  for (let length = 1; length <= lower.length / 2; length++) {
    if (lower.length % length !== 0) continue
    const part = lower.slice(0, length)
    if (common.has(part) && part.repeat(lower.length / length) === lower) return true
  }
  return false
}
