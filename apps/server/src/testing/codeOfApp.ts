import { Secret, TOTP } from 'otpauth'

/**
 * What an authenticator app shows that was given this secret.
 * @param minutes so long from now; the server takes codes of this half minute and its neighbours.
 * Default 0.
 */
export const codeOfApp = (secret: string, minutes = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: Date.now() + minutes * 60_000,
  })
