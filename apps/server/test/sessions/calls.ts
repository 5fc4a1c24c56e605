import { sessions } from '@stockbook/db'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { type OpenSession, type RawCall, rawCall, sessionIdOf } from '../../src/testing/rawCall.ts'
import type { TestServer } from '../../src/testing/testServer.ts'

/** Trades a refresh token for a new pair, without a cookie. */
export function refresh(serverUrl: string, refreshToken: string) {
  return rawCall(serverUrl, 'auth.refresh', { method: 'POST', input: { refreshToken } })
}

/** As `refresh`, when it must succeed. */
export async function refreshed(serverUrl: string, refreshToken: string): Promise<OpenSession> {
  const { result, text } = await refresh(serverUrl, refreshToken)
  if (!result) throw new Error(`Refresh failed: ${text}`)
  const session = result as OpenSession
  return { ...session, id: sessionIdOf(session.accessToken) }
}

/** `OK`, or the code of the refusal. */
export async function outcomeOf(serverUrl: string, path: string, call: RawCall): Promise<string> {
  const { status, failure } = await rawCall(serverUrl, path, call)
  return failure?.code ?? (status === 200 ? 'OK' : String(status))
}

/** What the next call with an access token is answered. */
export const nextCall = (serverUrl: string, { accessToken }: { accessToken: string }) =>
  outcomeOf(serverUrl, 'auth.me', { token: accessToken })

export async function sessionRow({ db }: TestServer, id: string) {
  const [row] = await db.select().from(sessions).where(eq(sessions.id, id))
  return row!
}

/** Runs what must write nothing at all, and gives what it gave. */
export async function writingNothing<T>({ db }: TestServer, work: () => Promise<T>): Promise<T> {
  const before = await databaseContents(db)
  const outcome = await work()
  expect(await databaseContents(db)).toEqual(before)
  return outcome
}
