import { sql } from 'drizzle-orm'
import { type RawAnswer, rawCall } from '../../src/testing/rawCall.ts'
import type { TestServer } from '../../src/testing/testServer.ts'

/**
 * Tries to sign in.
 * @param address where the call seems to come from, for a server that believes one proxy
 */
export function attempt(
  { url }: { url: string },
  username: string,
  password: string,
  address?: string,
): Promise<RawAnswer> {
  return rawCall(url, 'auth.signIn', {
    method: 'POST',
    input: { username, password },
    ...(address && { headers: { 'x-forwarded-for': address } }),
  })
}

/** How often each code came, `OK` for success. */
export function tally(answers: readonly RawAnswer[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { failure } of answers) {
    const code = failure?.code ?? 'OK'
    counts[code] = (counts[code] ?? 0) + 1
  }
  return counts
}

/** So much time passes for everything that is counted. */
export async function letPass({ db }: TestServer, seconds: number): Promise<void> {
  await db.execute(sql`update rate_limits set expire = expire - ${seconds * 1000}`)
}
