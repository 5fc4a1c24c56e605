export type RestCall = {
  /** Default `GET`. */
  method?: string
  /** The header `authorization`. */
  authorization?: string | null
  /** Sent in the address of a GET and in the body of a POST. */
  input?: object
  /** Sent as it is, in place of `input`. */
  body?: string | Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
}

export type RestAnswer = { status: number; headers: Headers; json: Record<string, unknown> }

/** Calls a procedure by REST, as a program of any language would. */
export async function restCall(
  serverUrl: string,
  procedure: string,
  { method = 'GET', authorization, input, body, headers }: RestCall = {},
): Promise<RestAnswer> {
  const url = new URL(`/api/${procedure.replace('.', '/')}`, serverUrl)
  if (method === 'GET') {
    for (const [name, value] of Object.entries(input ?? {})) {
      url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value))
    }
  }
  const answer = await fetch(url, {
    method,
    headers: {
      ...(authorization ? { authorization } : {}),
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(method === 'POST' ? { body: body ?? JSON.stringify(input ?? {}) } : {}),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    headers: answer.headers,
    json: (text === '' ? null : JSON.parse(text)) as RestAnswer['json'],
  }
}
