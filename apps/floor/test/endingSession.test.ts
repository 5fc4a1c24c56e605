import { createStockbookClient, type StockbookClient } from '@stockbook/client'
import { expect, test } from 'vitest'
import { endingSession } from '../src/session/endingSession.ts'

/** A client that gets this answer to every call, and how often its user's session was ended. */
function answered(status: number, body: object) {
  const client = createStockbookClient({
    url: 'http://localhost',
    auth: { apiKey: 'sb_test' },
    maxRetries: 0,
    fetch: async (url) => Response.json(String(url).includes('batch') ? [body] : body, { status }),
  })
  const ended: string[] = []
  return { client: endingSession(client, () => ended.push('ended')), ended }
}

const refusal = (httpStatus: number, code: string) => ({
  error: {
    json: {
      message: code,
      code: -32_000,
      data: { httpStatus, stockbook: { code, detail: {}, requestId: '1' } },
    },
  },
})

const input = { id: '0191f0b8-0000-7000-8000-000000000000' }

test.each([
  ['a read', ({ checks }: StockbookClient) => checks.get.query(input)],
  ['a write', ({ checks }: StockbookClient) => checks.submit.mutate(input)],
])(
  '%s that finds the session ended says so once, and troubles nobody else',
  async (_name, call) => {
    const { client, ended } = answered(401, refusal(401, 'SIGN_IN_REQUIRED'))
    let isSettled = false
    const settle = () => (isSettled = true)
    call(client).then(settle, settle)
    await expect.poll(() => ended).toEqual(['ended'])
    await new Promise((resolve) => setImmediate(resolve))
    expect(isSettled).toBe(false)
  },
)

test.each([
  [403, 'OUTSIDE_WAREHOUSES'],
  [503, 'UNAVAILABLE'],
  [409, 'WRONG_STATE'],
])('another failure reaches whoever called, and ends nothing: %d %s', async (status, code) => {
  const { client, ended } = answered(status, refusal(status, code))
  await expect(client.checks.submit.mutate(input)).rejects.toMatchObject({ code })
  expect(ended).toEqual([])
})

test('an answer reaches whoever called', async () => {
  const { client, ended } = answered(200, { result: { data: { json: { id: input.id } } } })
  expect(await client.checks.get.query(input)).toEqual({ id: input.id })
  expect(ended).toEqual([])
})
