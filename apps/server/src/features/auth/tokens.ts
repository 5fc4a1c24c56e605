import { createSecretKey, randomUUID } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { z } from 'zod'

export type Algorithm = 'HS256' | 'HS384' | 'HS512'

export type Tokens = {
  /** An access token for a user's session. */
  issue(userId: string, sessionId: string): { accessToken: string; expiresAt: Date }
  /** The session that a token was issued to, or null when the token is not valid (any more). */
  verify(accessToken: string): { userId: string; sessionId: string } | null
}

const issuer = 'stockbook'
const audience = 'stockbook-rpc'
const type = 'at+jwt'

/** How far the clock of another server process may be ahead of ours. */
const clockToleranceSeconds = 60

/** What a token says never changes, until it runs out: only whether its session is open is asked anew. */
type Verified = { session: { userId: string; sessionId: string }; goodUntilMs: number }

/** So many checked tokens are remembered. */
const maxVerified = 10_000

const claims = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  jti: z.uuid(),
  // Not a list with ours in it: a token is for this server alone.
  aud: z.literal(audience),
  iat: z.int(),
  exp: z.int(),
})

export function createTokens(options: {
  secret: string
  algorithm: Algorithm
  expiresInMinutes: number
}): Tokens {
  const { algorithm } = options
  const lifetimeSeconds = options.expiresInMinutes * 60
  const verified = new Map<string, Verified>()
  // Made once: from a string, the library would try to read a public key on every call.
  const key = createSecretKey(Buffer.from(options.secret))
  return {
    issue(userId, sessionId) {
      const issuedAt = Math.floor(Date.now() / 1000)
      const accessToken = jwt.sign({ iat: issuedAt, sid: sessionId }, key, {
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
      const known = verified.get(accessToken)
      if (known && Date.now() < known.goodUntilMs) return known.session
      verified.delete(accessToken)
      try {
        const { header, payload } = jwt.verify(accessToken, key, {
          algorithms: [algorithm],
          issuer,
          audience,
          maxAge: lifetimeSeconds,
          complete: true,
        })
        if (header.typ !== type || 'crit' in header) return null
        const { sub, sid, iat, exp } = claims.parse(payload)
        if (iat - Date.now() / 1000 > clockToleranceSeconds) return null
        const session = { userId: sub, sessionId: sid }
        const goodUntilMs = Math.min(exp, iat + lifetimeSeconds) * 1000
        if (verified.size >= maxVerified) verified.clear()
        verified.set(accessToken, { session, goodUntilMs })
        return session
      } catch {
        return null
      }
    },
  }
}
