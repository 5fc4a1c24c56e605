import { Secret, TOTP } from 'otpauth'

/** Of the length that RFC 4226 asks for, in bytes. */
const secretSize = 20

/** Phones run fast and slow: a code is good half a minute before its time and after. */
const stepsAround = 1

/** A secret for an authenticator app, in base32. */
export const newSecret = () => new Secret({ size: secretSize }).base32

/** What the app reads from a QR code. */
export const uriOf = (secret: string, username: string) => totp(secret, username).toString()

/**
 * The half minute since 1970 that the app showed this code in, or null when it showed it in none of
 * those about now.
 */
export function stepOfCode(secret: string, code: string): number | null {
  const token = code.replace(/[ -]/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const app = totp(secret)
  const timestamp = Date.now()
  const delta = app.validate({ token, timestamp, window: stepsAround })
  return delta === null ? null : app.counter({ timestamp }) + delta
}

const totp = (secret: string, label = '') =>
  new TOTP({ issuer: 'Stockbook', label, secret: Secret.fromBase32(secret) })
