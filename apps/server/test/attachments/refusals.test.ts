import { randomUUID } from 'node:crypto'
import {
  maxAttachmentBytes,
  maxAttachmentBytesPerHour,
  maxAttachments,
} from '@stockbook/client/contract'
import { attachments } from '@stockbook/db'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { rawCall, signInFor } from '../../src/testing/rawCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { fileOf, pngOf, samples } from './samples.ts'

let server: TestServer
let product: { entity: 'product'; entityId: string }

beforeAll(async () => {
  server = await startTestServer()
  product = { entity: 'product', entityId: (await makeProduct(server.admin)).id }
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

type File = Parameters<typeof server.operator.attachments.add.mutate>[0]

/** Refused as expected, and nothing was written. */
async function expectRefused(file: File, refusal: object): Promise<void> {
  const before = await databaseContents(server.db)
  await expect(server.operator.attachments.add.mutate(file)).rejects.toMatchObject(refusal)
  expect(await databaseContents(server.db)).toEqual(before)
}

const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
const html = '<!doctype html><script>alert(1)</script>'

describe('what no file may be', () => {
  test.each([
    ['an SVG', 'a.svg', Buffer.from(svg)],
    ['an SVG that begins as XML', 'a.svg', Buffer.from(`<?xml version="1.0"?>${svg}`)],
    ['an SVG called a picture', 'a.png', Buffer.from(svg)],
    ['an SVG called CSV', 'a.csv', Buffer.from(svg)],
    ['HTML', 'a.html', Buffer.from(html)],
    ['HTML called CSV', 'a.csv', Buffer.from(`\ufeff\n ${html}`)],
    ['HTML called PDF', 'a.pdf', Buffer.from(html)],
    ['a program', 'a.exe', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1')],
    ['a program called CSV', 'a.csv', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1')],
    ['a GIF', 'a.gif', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1')],
    ['a ZIP', 'a.zip', Buffer.from('PK\x05\x06'.padEnd(22, '\0'), 'latin1')],
    ['a beginning of nothing', 'a.png', samples.png.subarray(0, 4)],
    ['bytes of no kind', 'a.csv', Buffer.from([0, 1, 2, 3])],
  ])('%s', async (_what, fileName, bytes) => {
    await expectRefused(
      { ...product, ...fileOf(fileName, bytes) },
      { code: 'FILE_NOT_ACCEPTED', detail: { fileName } },
    )
  })

  test.each(['a.jpg', 'a.png.exe', 'a.html', 'png', 'a.', 'a.png.'])(
    'a PNG that is called %s',
    async (fileName) => {
      await expectRefused(
        { ...product, ...fileOf(fileName, samples.png) },
        { code: 'FILE_NOT_ACCEPTED', detail: { fileName, found: 'image/png' } },
      )
    },
  )

  test.each([
    ['a path', '../a.png'],
    ['a path of Windows', 'C:\\a.png'],
    ['two lines', 'a\r\ncontent-type: html.png'],
    ['a NUL', 'a.exe\0.png'],
    ['a turn to the left', 'a\u202egnp.exe.png'],
    ['nothing', ''],
    ['only spaces', '  '],
    ['too much', `${'a'.repeat(200)}.png`],
  ])('a name that holds %s', async (_what, fileName) => {
    await expectRefused(
      { ...product, ...fileOf(fileName, samples.png) },
      { code: 'INVALID_INPUT', fieldErrors: { fileName: [expect.any(String)] } },
    )
  })

  test('empty', async () => {
    await expectRefused(
      { ...product, fileName: 'a.csv', content: '' },
      { code: 'INVALID_INPUT', fieldErrors: { content: [expect.any(String)] } },
    )
  })

  test.each(['no base64', 'iVBO\nRw0K', 'iVBORw0KGg', 'iVBORw0-_w=='])(
    'text that is no base64: %j',
    async (content) => {
      await expectRefused(
        { ...product, fileName: 'a.png', content },
        { code: 'INVALID_INPUT', fieldErrors: { content: [expect.any(String)] } },
      )
    },
  )
})

test('a file of 5 MiB is kept; one byte more is refused, and so is what the server does not read', async () => {
  const { operator } = server
  const largest = { ...product, ...fileOf('a.png', pngOf(maxAttachmentBytes)) }
  const { id } = await operator.attachments.add.mutate(largest)
  const { content } = await operator.attachments.content.query({ id })
  expect(content).toBe(largest.content)
  for (const byteSize of [maxAttachmentBytes + 1, 2 * maxAttachmentBytes]) {
    await expectRefused(
      { ...product, ...fileOf('a.png', pngOf(byteSize)) },
      { code: 'PAYLOAD_TOO_LARGE' },
    )
  }
})

test('no other call may be as long as a file, nor may a file be in a batch', async () => {
  const token = await signInFor(server.url, 'anton', testPassword)
  const body = JSON.stringify({
    json: { commandId: randomUUID(), ...product, ...fileOf('a.png', pngOf(400_000)) },
  })
  const headers = { 'content-type': 'application/json' }
  const post = (path: string, text: string) =>
    rawCall(server.url, path, { method: 'POST', token, headers, body: text })
  const before = await databaseContents(server.db)
  const answers = await Promise.all([
    post('categories.create', body),
    post('attachments.remove', body),
    post('attachments.add,attachments.add?batch=1', `{"0":${body},"1":${body}}`),
  ])
  expect(answers.map(({ status }) => status)).toEqual([413, 413, 413])
  expect(await databaseContents(server.db)).toEqual(before)
})

test('nothing is attached to what is not there, is archived, or was refused', async () => {
  const { admin, operator } = server
  for (const entity of ['product', 'lot', 'partner', 'check', 'command'] as const) {
    const entityId = randomUUID()
    await expectRefused(
      { entity, entityId, ...fileOf('a.png', samples.png) },
      { code: 'REFERENCE_NOT_FOUND', detail: { entity, field: 'entityId', value: entityId } },
    )
    expect(await operator.attachments.list.query({ entity, entityId })).toEqual({
      items: [],
      nextCursor: null,
    })
  }
  await expectRefused(
    { entity: 'lot', entityId: product.entityId, ...fileOf('a.png', samples.png) },
    { code: 'REFERENCE_NOT_FOUND' },
  )

  const archived = await makeProduct(admin)
  await admin.products.archive.mutate({ id: archived.id })
  await expectRefused(
    { entity: 'product', entityId: archived.id, ...fileOf('a.png', samples.png) },
    { code: 'ARCHIVED' },
  )

  const [bin] = await makeBins(admin, 1)
  const goods = await makeProduct(admin)
  await receive(operator, goods.id, bin, 1)
  const commandId = randomUUID()
  const tooMuch = {
    type: 'outgoing',
    productId: goods.id,
    fromLocationId: bin,
    quantity: 2,
  } as const
  await expect(operator.movements.post.mutate({ commandId, lines: [tooMuch] })).rejects.toThrow()
  await expectRefused(
    { entity: 'command', entityId: commandId, ...fileOf('a.png', samples.png) },
    { code: 'REFERENCE_NOT_FOUND' },
  )
})

test('a row takes fifty files and no more, also of many who add at once; one removed makes room', async () => {
  const { admin, operator } = server
  const full = { entity: 'product' as const, entityId: (await makeProduct(admin)).id }
  const add = (client: typeof operator, index: number) =>
    client.attachments.add.mutate({ ...full, ...fileOf(`${index}.png`, samples.png) })
  const answers = await Promise.allSettled(
    Array.from({ length: maxAttachments + 6 }, (_, index) =>
      add(index % 2 === 0 ? operator : admin, index),
    ),
  )
  const refused = answers.filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(6)
  for (const answer of refused) {
    expect(answer).toMatchObject({
      reason: { code: 'TOO_MANY_ATTACHMENTS', detail: { max: maxAttachments } },
    })
  }
  const { items } = await operator.attachments.list.query({ ...full, limit: 200 })
  expect(items).toHaveLength(maxAttachments)

  await admin.attachments.remove.mutate({ id: items[0]!.id })
  await add(operator, 100)
  await expect(add(operator, 101)).rejects.toMatchObject({ code: 'TOO_MANY_ATTACHMENTS' })
})

test('one user adds 200 MiB within an hour and no more; others go on, and so does she an hour later', async () => {
  const { db, admin } = server
  const busy = await server.signInAs('flora', 'operator')
  const target = { entity: 'product' as const, entityId: (await makeProduct(admin)).id }
  const { id, createdBy } = await busy.attachments.add.mutate({
    ...target,
    ...fileOf('a.png', samples.png),
  })
  // The row alone is what counts: 40 of the largest, of which nearly an hour has passed.
  const rest = maxAttachmentBytesPerHour - samples.png.length
  await db.execute(sql`
    insert into attachments (id, product_id, file_name, media_type, byte_size, sha256, created_by,
      created_at, removed_at, removed_by)
    select gen_random_uuid(), product_id, file_name, media_type,
      case when n < 40 then ${maxAttachmentBytes}::int else ${rest - 39 * maxAttachmentBytes}::int end,
      sha256, created_by, now() - interval '50 minutes', now(), created_by
    from attachments, generate_series(1, 40) n where id = ${id}`)
  const next = { ...target, ...fileOf('b.csv', Buffer.from('a')) }
  await expect(busy.attachments.add.mutate(next)).rejects.toMatchObject({
    code: 'TOO_MANY_ATTEMPTS',
    detail: { retryAfterSeconds: expect.closeTo(600, -2) },
  })
  await admin.attachments.add.mutate(next)
  await db
    .update(attachments)
    .set({ createdAt: sql`now() - interval '61 minutes'` })
    .where(eq(attachments.createdBy, createdBy))
  await busy.attachments.add.mutate(next)
})
