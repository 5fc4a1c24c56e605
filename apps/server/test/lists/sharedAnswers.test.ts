import { setImmediate as nextTurn } from 'node:timers/promises'
import type { StockbookClient } from '@stockbook/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerOnce, answerText } from '../../src/sharedAnswers.ts'
import { rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { makeProduct } from '../../src/testing/warehouse.ts'

describe('calls that meet', () => {
  /** Answers that end when the test says so. */
  function answersUnderTest() {
    const begun: { text: string; end(): void; fail(error: Error): void }[] = []
    const ask = answerOnce(
      ({ text, of = place }: { text: string; of?: object }) => ({ of: [of], text }),
      ({ text }) =>
        new Promise<{ said: string }>((resolve, reject) => {
          begun.push({ text, end: () => resolve({ said: text }), fail: reject })
        }),
    )
    return { begun, ask, texts: () => begun.map(({ text }) => text) }
  }
  const place = {}

  test('are answered once when they ask for the same, each word for itself when not', async () => {
    const { begun, ask, texts } = answersUnderTest()
    const asked = ['a', 'b', 'a', 'a'].map((text) => ask({ text }))
    await nextTurn()
    expect(texts()).toEqual(['a', 'b'])
    for (const { end } of begun) end()
    const [first, other, second, third] = await Promise.all(asked)
    expect(other).toEqual({ said: 'b' })
    expect(second).toBe(first)
    expect(third).toBe(first)
  })

  test('share nothing when they ask the same of different databases, or of another view', async () => {
    const { ask, texts } = answersUnderTest()
    void ask({ text: 'a' })
    void ask({ text: 'a', of: {} })
    await nextTurn()
    expect(texts()).toEqual(['a', 'a'])
  })

  test('are told of nothing that was read before they asked', async () => {
    const { begun, ask, texts } = answersUnderTest()
    const early = ask({ text: 'a' })
    await nextTurn()
    const late = ask({ text: 'a' })
    await nextTurn()
    expect(texts()).toEqual(['a', 'a'])
    for (const { end } of begun) end()
    expect(await late).not.toBe(await early)
  })

  test('all fail with what they share, and the next one is answered anew', async () => {
    const { begun, ask } = answersUnderTest()
    const asked = Promise.allSettled([ask({ text: 'a' }), ask({ text: 'a' })])
    await nextTurn()
    begun[0]!.fail(new Error('no database'))
    expect(await asked).toEqual([
      expect.objectContaining({ status: 'rejected' }),
      expect.objectContaining({ status: 'rejected' }),
    ])
    const next = ask({ text: 'a' })
    await nextTurn()
    begun[1]!.end()
    expect(await next).toEqual({ said: 'a' })
  })

  test('are sent one text, which says what an answer alone would', async () => {
    const { begun, ask } = answersUnderTest()
    const asked = [ask({ text: 'a' }), ask({ text: 'a' })]
    await nextTurn()
    begun[0]!.end()
    const [shared] = await Promise.all(asked)
    const [text, again, alone] = [shared, shared, { said: 'a' }].map(answerText)
    expect(again).toBe(text)
    expect(alone).toBe('{"result":{"data":{"json":{"said":"a"}}}}')
    expect(String(text)).toBe(alone)
  })
})

type Products = Awaited<ReturnType<StockbookClient<'admin'>['products']['list']['query']>>

describe('lists that many ask for at once', () => {
  let server: TestServer
  let tokens: { admin: string; operator: string }
  beforeAll(async () => {
    server = await startTestServer()
    await Promise.all(times(12, () => makeProduct(server.admin, { unitCost: '12.5' })))
    tokens = {
      admin: await signInFor(server.url, 'anton', testPassword),
      operator: await signInFor(server.url, 'olga', testPassword),
    }
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const callers = 24
  /** Each in a request of its own, for the client would send one for all. */
  const list = (token: string, input: object) =>
    rawCall(server.url, 'products.list', { token, input })
  const itemsOf = ({ result }: { result: unknown }) => (result as Products).items

  test('tell operators and administrators each what they may know', async () => {
    const roles = times(callers, (index) => (index % 2 ? 'admin' : 'operator'))
    const answers = await Promise.all(roles.map((role) => list(tokens[role], { limit: 10 })))
    expect(answers.map((answer) => itemsOf(answer).map(({ unitCost }) => unitCost))).toEqual(
      roles.map((role) => Array(10).fill(role === 'admin' ? '12.5000' : undefined)),
    )
  })

  test('give each the page that it asked for', async () => {
    const { items } = await server.admin.products.list.query({ limit: 12 })
    const lengths = times(callers, (index) => 1 + (index % 5))
    const answers = await Promise.all(lengths.map((limit) => list(tokens.operator, { limit })))
    expect(answers.map((answer) => itemsOf(answer).map(({ id }) => id))).toEqual(
      lengths.map((length) => items.slice(0, length).map(({ id }) => id)),
    )
  })

  test('hold each change that was answered before they were asked for', async () => {
    const { id, sku } = await makeProduct(server.admin)
    const input = { search: sku }
    let isOver = false
    // Somebody always asks, so that there always is an answer under way that could be taken.
    const others = times(4, async () => {
      while (!isOver) await list(tokens.operator, input)
    })
    for (const name of times(15, (round) => `Renamed ${round}`)) {
      await server.admin.products.update.mutate({ id, name })
      const answers = await Promise.all(times(callers, () => list(tokens.operator, input)))
      expect(answers.map((answer) => itemsOf(answer)[0]?.name)).toEqual(Array(callers).fill(name))
    }
    isOver = true
    await Promise.all(others)
  })

  test('are not told to whom nobody knows, whoever else asks', async () => {
    const callersTokens = times(callers, (index) => (index % 2 ? tokens.operator : 'of nobody'))
    const answers = await Promise.all(callersTokens.map((token) => list(token, { limit: 10 })))
    expect(answers.map(({ status }) => status)).toEqual(
      times(callers, (index) => (index % 2 ? 200 : 401)),
    )
  })
})

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_none, index) => make(index))
}
