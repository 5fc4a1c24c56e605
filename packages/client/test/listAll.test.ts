import { expect, test } from 'vitest'
import { createStockbookClient, listAll } from '../src/index.ts'
import { Refusal, startServer } from './testServer.ts'

type Input = { cursor?: string; search?: string }

/** Pages of two products: 1 2, 3 4, 5. */
function paged(input: Input) {
  const start = Number(input.cursor ?? 1)
  const items = [start, start + 1].filter((id) => id <= 5).map((id) => ({ id, name: input.search }))
  return { items, nextCursor: start + 2 <= 5 ? String(start + 2) : null }
}

async function idsOf(items: AsyncIterable<{ id: unknown }>) {
  const ids: unknown[] = []
  for await (const { id } of items) ids.push(id)
  return ids
}

test('every item of every page comes once, in order, with the same filter', async () => {
  const inputs: Input[] = []
  await using server = await startServer({
    'products.list': (input: Input) => {
      inputs.push(input)
      return paged(input)
    },
  })
  const client = createStockbookClient({ url: server.url })
  expect(await idsOf(listAll(client.products.list, { search: 'tea' }))).toEqual([1, 2, 3, 4, 5])
  expect(inputs.map(({ search, cursor }) => [search, cursor])).toEqual([
    ['tea', undefined],
    ['tea', '3'],
    ['tea', '5'],
  ])
})

test('it begins at a given cursor', async () => {
  await using server = await startServer({ 'products.list': paged })
  const client = createStockbookClient({ url: server.url })
  expect(await idsOf(listAll(client.products.list, { cursor: '3' }))).toEqual([3, 4, 5])
})

test('a page that is not needed is not asked for', async () => {
  await using server = await startServer({ 'products.list': paged })
  const client = createStockbookClient({ url: server.url })
  for await (const item of listAll(client.products.list, {})) {
    expect(item.id).toBe(1)
    break
  }
  expect(server.seen).toHaveLength(1)
})

test('a list that gives its own cursor back does not go round for ever', async () => {
  await using server = await startServer({
    'products.list': () => ({ items: [{ id: 1 }], nextCursor: 'same' }),
  })
  const client = createStockbookClient({ url: server.url })
  await expect(idsOf(listAll(client.products.list, {}))).rejects.toMatchObject({
    code: 'UNEXPECTED_ANSWER',
  })
  expect(server.seen).toHaveLength(2)
})

test('a failing page ends it with the list’s own error', async () => {
  await using server = await startServer({
    'products.list': (input: Input) => {
      if (input.cursor !== undefined) throw new Refusal('INVALID_CURSOR')
      return paged(input)
    },
  })
  const client = createStockbookClient({ url: server.url })
  await expect(idsOf(listAll(client.products.list, {}))).rejects.toMatchObject({
    code: 'INVALID_CURSOR',
  })
})
