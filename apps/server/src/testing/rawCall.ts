import type { ErrorData } from '@stockbook/client'
import superjson from 'superjson'

export type RawCall = {
  /** Default `GET`. */
  method?: string
  token?: string | null
  /** Sent as the client would send it, in the address of a GET and in the body of a POST. */
  input?: unknown
  /** Sent as it is, in place of `input`. */
  body?: string | Uint8Array<ArrayBuffer> | FormData | URLSearchParams
  headers?: Record<string, string>
}

export type RawAnswer = {
  status: number
  headers: Headers
  text: string
  /** What a procedure answered, when it did. */
  result: unknown
  /** What the server says of a failure, when there is one. */
  failure: ErrorData | undefined
}

/** Calls a server without the client, so that a test can send what the client never would. */
export async function rawCall(
  serverUrl: string,
  path: string,
  { method = 'GET', token, input, body, headers }: RawCall = {},
): Promise<RawAnswer> {
  const wire = JSON.stringify(superjson.serialize(input))
  const url = new URL(`/rpc/${path}`, serverUrl)
  if (method === 'GET' && input !== undefined) url.searchParams.set('input', wire)
  const isPost = method === 'POST'
  const answer = await fetch(url, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(isPost && body === undefined ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(isPost ? { body: body ?? wire } : {}),
  })
  return read(answer)
}

async function read(answer: Response): Promise<RawAnswer> {
  if (answer.headers.get('content-type') === 'text/event-stream') return readFirstEvent(answer)
  const text = await answer.text()
  const parsed = parseOrNull(text)
  const error = parsed?.error && superjson.deserialize<Shape>(parsed.error)
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    result: parsed?.result && superjson.deserialize(parsed.result.data),
    failure: error?.data.stockbook,
  }
}

/** What a subscription says first; a refusal stands in the status as if it had been a call's. */
async function readFirstEvent(answer: Response): Promise<RawAnswer> {
  let text = ''
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    if (/(^|\n)(event: serialized-error\n)?data: .*\n(id: .*\n)?\n/.test(afterConnected(text)))
      break
  }
  const [, name, data] =
    /(?:^|\n)(?:event: ([\w-]+)\n)?data: (.*)\n/.exec(afterConnected(text)) ?? []
  const value = superjson.deserialize<Shape>(JSON.parse(data ?? '{}') as Wire)
  const isFailure = name === 'serialized-error'
  return {
    status: isFailure ? value.data.httpStatus : answer.status,
    headers: answer.headers,
    text,
    result: isFailure ? undefined : value,
    failure: isFailure ? value.data.stockbook : undefined,
  }
}

const afterConnected = (text: string) => text.replace(/^event: connected\ndata: .*\n/, '')

type Wire = Parameters<typeof superjson.deserialize>[0]
type Shape = { data: { stockbook: ErrorData; httpStatus: number } }

function parseOrNull(text: string): { error?: Wire; result?: { data: Wire } } | null {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? null : (value as { error?: Wire })
  } catch {
    return null
  }
}

export type OpenSession = {
  id: string
  accessToken: string
  refreshToken: string
  user: { id: string; username: string; role: string; mustChangePassword: boolean }
}

/** A session whose refresh token the caller keeps, as sign-in opens it. */
export async function openSession(
  serverUrl: string,
  username: string,
  password: string,
): Promise<OpenSession> {
  const { result, text } = await rawCall(serverUrl, 'auth.signIn', {
    method: 'POST',
    input: { username, password },
  })
  if (!result) throw new Error(`Sign-in failed: ${text}`)
  const session = result as Omit<OpenSession, 'id'>
  return { ...session, id: sessionIdOf(session.accessToken) }
}

/** The session that an access token was issued to. */
export function sessionIdOf(accessToken: string): string {
  const [, payload = ''] = accessToken.split('.')
  return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sid: string }).sid
}

/** An access token, as sign-in gives it. */
export async function signInFor(
  serverUrl: string,
  username: string,
  password: string,
): Promise<string> {
  return (await openSession(serverUrl, username, password)).accessToken
}
