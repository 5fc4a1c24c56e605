import { expect, test } from 'vitest'
import { Cursors, type ListPage } from '../../src/providers/cursors.ts'

/** A list of pages that are known by where they begin, and of every cursor that it was asked for. */
function listOf(pages: readonly (readonly string[])[]) {
  const asked: (string | null)[] = []
  async function read(cursor: string | null): Promise<ListPage<string>> {
    asked.push(cursor)
    const index = Number(cursor ?? 0)
    const hasMore = index + 1 < pages.length
    return { items: pages[index] ?? [], nextCursor: hasMore ? String(index + 1) : null }
  }
  return { asked, read }
}

test('going forth and back costs one call a page', async () => {
  const cursors = new Cursors()
  const { asked, read } = listOf([['a'], ['b'], ['c']])
  for (const number of [1, 2, 3, 2, 1]) await cursors.page('list', number, read)
  expect(asked).toEqual([null, '1', '2', '1', null])
})

test('a page that nobody came by yet is walked to', async () => {
  const { asked, read } = listOf([['a'], ['b'], ['c']])
  const page = await new Cursors().page('list', 3, read)
  expect(page).toEqual({ items: ['c'], nextCursor: null })
  expect(asked).toEqual([null, '1', '2'])
})

test('a page behind the last one is empty, and asks for nothing that is not there', async () => {
  const { asked, read } = listOf([['a'], ['b']])
  expect(await new Cursors().page('list', 9, read)).toEqual({ items: [], nextCursor: null })
  expect(asked).toEqual([null, '1'])
})

test('lists with other filters keep their own pages', async () => {
  const cursors = new Cursors()
  const tea = listOf([['green'], ['black']])
  const oats = listOf([['fine'], ['rough']])
  await cursors.page('tea', 2, tea.read)
  expect((await cursors.page('oats', 2, oats.read)).items).toEqual(['rough'])
  expect(oats.asked).toEqual([null, '1'])
})

test('what was behind a page is found anew after the list became shorter', async () => {
  const cursors = new Cursors()
  await cursors.page('list', 3, listOf([['a'], ['b'], ['c']]).read)
  const shorter = listOf([['a'], ['b']])
  expect(await cursors.page('list', 2, shorter.read)).toEqual({ items: ['b'], nextCursor: null })
  expect(await cursors.page('list', 3, shorter.read)).toEqual({ items: [], nextCursor: null })
})

test('a list that fails once is read again from where it stood', async () => {
  const cursors = new Cursors()
  const { asked, read } = listOf([['a'], ['b']])
  await cursors.page('list', 1, read)
  const failing = () => Promise.reject(new Error('no network'))
  await expect(cursors.page('list', 2, failing)).rejects.toThrow('no network')
  expect((await cursors.page('list', 2, read)).items).toEqual(['b'])
  expect(asked).toEqual([null, '1'])
})
