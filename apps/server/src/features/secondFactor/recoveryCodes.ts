import { createHash, randomInt } from 'node:crypto'

const count = 10
/** Without those that are taken for one another on paper. 49 bits a code. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
const length = 10

/** Codes that sign in once each when the app is lost, in two groups of five. */
export const newRecoveryCodes = () => Array.from({ length: count }, newCode)

function newCode(): string {
  const code = Array.from({ length }, () => letters[randomInt(letters.length)]).join('')
  return `${code.slice(0, 5)}-${code.slice(5)}`
}

/** What is kept of a code. However it was typed: large or small, with or without the hyphen. */
export const hashOfRecoveryCode = (code: string) =>
  createHash('sha256').update(code.toLowerCase().replace(/[ -]/g, '')).digest('base64url')
