import { createSecretKey, randomUUID } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { z } from 'zod'

export type Algorithm = 'HS256' | 'HS384' | 'HS512'

export type Tokens = {
  /** An access token for a user. */
  issue(userId: string): { accessToken: string; expiresAt: Date }
  /** The id of the user that a token was issued to, or null when the token is not valid (any more). */
  verify(accessToken: string): string | null
}

const issuer = 'stockbook'
const audience = 'stockbook-rpc'
const type = 'at+jwt'

const claims = z.object({ sub: z.uuid(), jti: z.uuid(), iat: z.int(), exp: z.int() })

export function createTokens(options: {
  secret: string
  algorithm: Algorithm
  expiresInMinutes: number
}): Tokens {
  const { algorithm } = options
  const lifetimeSeconds = options.expiresInMinutes * 60
  // Made once: from a string, the library would try to read a public key on every call.
  const key = createSecretKey(Buffer.from(options.secret))
  return {
    issue(userId) {
      const issuedAt = Math.floor(Date.now() / 1000)
      const accessToken = jwt.sign({ iat: issuedAt }, key, {
        algorithm,
        header: { alg: algorithm, typ: type },
        subject: userId,
        jwtid: randomUUID(),
        issuer,
        audience,
        expiresIn: lifetimeSeconds,
      })
      return { accessToken, expiresAt: new Date((issuedAt + lifetimeSeconds) * 1000) }
    },
    verify(accessToken) {
      try {
        const { header, payload } = jwt.verify(accessToken, key, {
          algorithms: [algorithm],
          issuer,
          audience,
          maxAge: lifetimeSeconds,
          complete: true,
        })
        if (header.typ !== type || 'crit' in header) return null
        const { sub, iat } = claims.parse(payload)
        const aheadSeconds = iat - Date.now() / 1000
        return aheadSeconds > 60 ? null : sub
      } catch {
        return null
      }
    },
  }
}
