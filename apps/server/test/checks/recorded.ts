import { createStockbookClient, type StockbookClient } from '@stockbook/client'
import { type TestServer, testPassword } from '../../src/testing/testServer.ts'

export type RecordedClient = {
  client: StockbookClient<'operator'>
  /** All that the server has sent to it. */
  heads: string[]
  bodies: string[]
}

/** Signed in as a user who exists, with every byte kept that the server sends. */
export function recordedClient({ url }: TestServer, username: string): RecordedClient {
  const heads: string[] = []
  const bodies: string[] = []
  const client = createStockbookClient({
    url,
    auth: { username, password: testPassword },
    async fetch(input, init) {
      const answer = await fetch(input, init)
      heads.push(JSON.stringify([...answer.headers]))
      bodies.push(await answer.clone().text())
      return answer
    },
  })
  return { client, heads, bodies }
}

/** All numbers and texts in the bodies, however deep, without ids, times and tokens. */
export function valuesIn(bodies: readonly string[]): (string | number)[] {
  const values: (string | number)[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'number') values.push(value)
    else if (typeof value === 'string') {
      if (!/^[\da-f-]{36}$|^\d{4}-\d\d-\d\dT|^[\w-]{40,}/.test(value)) values.push(value)
    } else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk)
  }
  for (const body of bodies) walk(JSON.parse(body))
  return values
}
