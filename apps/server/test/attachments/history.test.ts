import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'
import { makeProduct } from '../../src/testing/warehouse.ts'
import { fileOf, samples } from './samples.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

type Asked = Parameters<TestServer['admin']['audit']['list']['query']>[0]
const actionsOf = async (asked: Asked) =>
  (await server.admin.audit.list.query({ direction: 'ascending', ...asked })).items.map(
    ({ action }) => action,
  )

test('the history of a row tells of its files, removed ones too, and of no other row’s', async () => {
  const { admin, operator } = server
  const [own, other] = [await makeProduct(admin), await makeProduct(admin)]
  const add = (entityId: string) =>
    operator.attachments.add.mutate({
      entity: 'product',
      entityId,
      ...fileOf('a.png', samples.png),
    })
  const file = await add(own.id)
  await add(other.id)
  await admin.attachments.remove.mutate({ id: file.id })
  await admin.products.update.mutate({ id: own.id, name: 'Renamed' })
  const row = { entity: 'product' as const, entityId: own.id }
  expect(await actionsOf({ ...row, includeAttachments: true })).toEqual([
    'products.create',
    'attachments.add',
    'attachments.remove',
    'products.update',
  ])
  // Page by page as at once.
  const first = await admin.audit.list.query({ ...row, includeAttachments: true, limit: 3 })
  const second = await admin.audit.list.query({
    ...row,
    includeAttachments: true,
    limit: 3,
    cursor: first.nextCursor!,
  })
  expect([...first.items, ...second.items].map(({ action }) => action)).toEqual([
    'products.update',
    'attachments.remove',
    'attachments.add',
    'products.create',
  ])
  expect(await actionsOf(row)).toEqual(['products.create', 'products.update'])
  expect(await actionsOf({ ...row, includeAttachments: true, action: 'attachments.add' })).toEqual([
    'attachments.add',
  ])
})

test('what has no files, is not there, or is not named, adds none', async () => {
  const { admin } = server
  const files = (asked: Asked) => actionsOf({ ...asked, includeAttachments: true })
  expect(await files({ entity: 'product', entityId: randomUUID() })).toEqual([])
  expect(await files({ entity: 'product', entityId: 'toString' })).toEqual([])
  expect(await files({ entity: 'attachment', entityId: randomUUID() })).toEqual([])
  const { id } = await admin.categories.create.mutate({ name: 'Tea' })
  expect(await files({ entity: 'category', entityId: id })).toEqual(['categories.create'])
  expect(await files({ entity: 'category' })).toEqual(['categories.create'])
})
