import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/**
 * Refresh tokens. Each is computed from the session and its generation with the server's key, so the
 * one that is good now can be given again to a second tab, though only its hash is kept.
 */
export type RefreshTokens = {
  make(sessionId: string, generation: number): string
  /** Which session and generation a token is of, or null when this server did not make it. */
  read(token: string): { sessionId: string; generation: number } | null
}

const form = /^([0-9a-f-]{36})\.(\d{1,9})\.([\w-]{43})$/

export function createRefreshTokens(secret: string): RefreshTokens {
  // Not the key that signs access tokens: what one of them gives away says nothing of the other.
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'stockbook refresh tokens', 32))
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url')
  return {
    make(sessionId, generation) {
      const text = `${sessionId}.${generation}`
      return `${text}.${sign(text)}`
    },
    read(token) {
      const [, sessionId, generation, signature] = form.exec(token) ?? []
      if (!sessionId || !generation || !signature) return null
      const expected = sign(`${sessionId}.${generation}`)
      if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return null
      return { sessionId, generation: Number(generation) }
    },
  }
}

/** What is kept of a secret that is long and random: enough to recognise it, not to use it. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
