import { createHash, randomUUID } from 'node:crypto'
import { attachmentContents, attachments, auditLog } from '@stockbook/db'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rawCall } from '../../src/testing/rawCall.ts'
import { restCall } from '../../src/testing/restCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { makeBins, makeLot, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { makeWarehouse, signInRestricted } from '../warehouses/house.ts'
import { fileOf, samples } from './samples.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const newProduct = async () => {
  const { id } = await makeProduct(server.admin)
  return { entity: 'product' as const, entityId: id }
}

const auditOf = (id: string) =>
  server.db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.entity, 'attachment'), eq(auditLog.entityId, id)))
    .orderBy(auditLog.id)

test('each kind of file is kept as it is, and known by its bytes', async () => {
  const { operator } = server
  const product = await newProduct()
  const mediaTypes = {
    png: 'image/png',
    jpg: 'image/jpeg',
    webp: 'image/webp',
    pdf: 'application/pdf',
    csv: 'text/csv',
  } as const
  for (const [extension, bytes] of Object.entries(samples)) {
    const added = await operator.attachments.add.mutate({
      ...product,
      ...fileOf(`Фото 1.${extension.toUpperCase()}`, bytes),
    })
    expect(added).toMatchObject({
      ...product,
      fileName: `Фото 1.${extension.toUpperCase()}`,
      mediaType: mediaTypes[extension as keyof typeof mediaTypes],
      byteSize: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      createdByName: 'olga',
      removedAt: null,
      replayed: false,
    })
    const { content } = await operator.attachments.content.query({ id: added.id })
    expect(Buffer.from(content, 'base64').equals(bytes)).toBe(true)
  }
})

test('products, lots, partners, checks and commands have files, each its own', async () => {
  const { admin, operator } = server
  const [bin] = await makeBins(admin, 1)
  const product = await makeProduct(admin)
  const tracked = await makeProduct(admin, { tracking: 'lot' })
  const lot = await makeLot(operator, tracked.id)
  const partner = await operator.partners.create.mutate({ kind: 'supplier', code: 'P', name: 'P' })
  const { commandId } = await receive(operator, product.id, bin, 3)
  const check = await admin.checks.open.mutate({
    title: 'Shelf',
    scope: { productIds: [product.id] },
  })
  const owners = [
    { entity: 'product', entityId: product.id },
    { entity: 'lot', entityId: lot.id },
    { entity: 'partner', entityId: partner.id },
    { entity: 'check', entityId: check.id },
    { entity: 'command', entityId: commandId },
  ] as const
  for (const { entity, entityId } of owners) {
    await operator.attachments.add.mutate({
      entity,
      entityId,
      ...fileOf(`${entity}.png`, samples.png),
    })
  }
  for (const owner of owners) {
    const { items } = await operator.attachments.list.query(owner)
    expect(items).toMatchObject([{ ...owner, fileName: `${owner.entity}.png` }])
  }
})

test('a file that is found in text like a bitmap is CSV all the same', async () => {
  const added = await server.operator.attachments.add.mutate({
    ...(await newProduct()),
    ...fileOf('cars.csv', Buffer.from('BMW,3\nAudi,4\n')),
  })
  expect(added.mediaType).toBe('text/csv')
})

test('a list goes page by page, oldest first or newest first, and leaves out what was removed', async () => {
  const { admin, operator } = server
  const product = await newProduct()
  const ids: string[] = []
  for (let index = 0; index < 5; index++) {
    const { id } = await operator.attachments.add.mutate({
      ...product,
      ...fileOf(`${index}.png`, samples.png),
    })
    ids.push(id)
  }
  await admin.attachments.remove.mutate({ id: ids[2]! })
  const namesOf = async (direction: 'ascending' | 'descending') => {
    const first = await operator.attachments.list.query({ ...product, direction, limit: 3 })
    const second = await operator.attachments.list.query({
      ...product,
      direction,
      limit: 3,
      cursor: first.nextCursor!,
    })
    expect(second.nextCursor).toBeNull()
    return [first, second].map(({ items }) => items.map(({ fileName }) => fileName[0]).join(''))
  }
  expect(await namesOf('ascending')).toEqual(['013', '4'])
  expect(await namesOf('descending')).toEqual(['431', '0'])
})

test('a retry adds nothing twice and hears of the first; another file under the id is refused', async () => {
  const { admin, operator } = server
  const product = await newProduct()
  const file = { commandId: randomUUID(), ...product, ...fileOf('a.png', samples.png) }
  const first = await operator.attachments.add.mutate(file)
  const again = await operator.attachments.add.mutate(file)
  expect(again).toEqual({ ...first, replayed: true })

  const others = [
    { ...file, fileName: 'b.png' },
    { ...file, ...fileOf('a.png', Buffer.concat([samples.png, Buffer.alloc(1)])) },
    { ...file, ...(await newProduct()) },
  ]
  for (const other of others) {
    await expect(operator.attachments.add.mutate(other)).rejects.toMatchObject({
      code: 'COMMAND_ID_REUSED',
    })
  }
  await expect(admin.attachments.add.mutate(file)).rejects.toMatchObject({
    code: 'COMMAND_ID_REUSED',
  })
  expect(await server.db.$count(attachments, eq(attachments.id, first.id))).toBe(1)
  expect(await auditOf(first.id)).toHaveLength(1)
})

test('twenty at once with one id: one adds the file, the others hear of it', async () => {
  const { operator } = server
  const product = await newProduct()
  const file = { commandId: randomUUID(), ...product, ...fileOf('a.png', samples.png) }
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => operator.attachments.add.mutate(file)),
  )
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
  expect((await operator.attachments.list.query(product)).items).toHaveLength(1)
  expect(await auditOf(file.commandId)).toHaveLength(1)
})

test('two people at once with one id at two rows: one file, and the other is refused', async () => {
  const { admin, operator } = server
  const rows = [await newProduct(), await newProduct()]
  const commandId = randomUUID()
  const answers = await Promise.allSettled(
    [operator, admin].map((client, index) =>
      client.attachments.add.mutate({
        commandId,
        ...rows[index]!,
        ...fileOf('a.png', samples.png),
      }),
    ),
  )
  const refused = answers.filter(({ status }) => status === 'rejected')
  expect(refused).toMatchObject([{ reason: { code: 'COMMAND_ID_REUSED' } }])
  expect(await server.db.$count(attachments, eq(attachments.id, commandId))).toBe(1)
})

test('an administrator removes a file: its bytes are gone, the audit log knows what it was', async () => {
  const { admin, operator } = server
  const product = await newProduct()
  const file = { commandId: randomUUID(), ...product, ...fileOf('a.png', samples.png) }
  const { id, sha256 } = await operator.attachments.add.mutate(file)
  const removed = await admin.attachments.remove.mutate({ id })
  expect(removed.removedAt).toBeInstanceOf(Date)
  expect(await admin.attachments.remove.mutate({ id })).toEqual(removed)

  expect(await server.db.$count(attachmentContents, eq(attachmentContents.attachmentId, id))).toBe(
    0,
  )
  await expect(operator.attachments.content.query({ id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  const entries = await auditOf(id)
  expect(entries).toMatchObject([
    { action: 'attachments.add', before: null, after: { fileName: 'a.png', sha256 } },
    {
      action: 'attachments.remove',
      before: { removedAt: null },
      after: { fileName: 'a.png', sha256 },
    },
  ])
  expect(JSON.stringify(entries)).not.toContain(file.content.slice(0, 30))
  expect(await admin.audit.verify.query()).toMatchObject({ ok: true })

  const retried = await operator.attachments.add.mutate(file)
  expect(retried).toMatchObject({ replayed: true, removedAt: removed.removedAt })
  expect((await operator.attachments.list.query(product)).items).toEqual([])
})

test('ten remove one file at once: it is removed once', async () => {
  const { admin, operator } = server
  const { id } = await operator.attachments.add.mutate({
    ...(await newProduct()),
    ...fileOf('a.png', samples.png),
  })
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => admin.attachments.remove.mutate({ id })),
  )
  expect(new Set(answers.map(({ removedAt }) => removedAt?.getTime())).size).toBe(1)
  expect(await auditOf(id)).toHaveLength(2)
})

test('an operator may not remove what an administrator may; a stranger may do nothing', async () => {
  const { operator } = server
  const product = await newProduct()
  const { id } = await operator.attachments.add.mutate({
    ...product,
    ...fileOf('a.png', samples.png),
  })
  const asOperator = operator as unknown as typeof server.admin
  await expect(asOperator.attachments.remove.mutate({ id })).rejects.toMatchObject({
    code: 'ADMIN_REQUIRED',
  })
  const strange = await Promise.all([
    rawCall(server.url, 'attachments.list', { input: product }),
    rawCall(server.url, 'attachments.content', { input: { id } }),
    rawCall(server.url, 'attachments.remove', { method: 'POST', input: { id } }),
    rawCall(server.url, 'attachments.add', {
      method: 'POST',
      input: { commandId: randomUUID(), ...product, ...fileOf('b.png', samples.png) },
    }),
  ])
  expect(strange.map(({ status }) => status)).toEqual([401, 401, 401, 401])
  expect((await operator.attachments.list.query(product)).items).toMatchObject([{ id }])
})

test('REST adds a file and gives it back', async () => {
  const post = (procedure: string, input: object, authorization: string | null) =>
    restCall(server.url, procedure, { method: 'POST', input, authorization })
  const signedIn = await post('auth.signIn', { username: 'olga', password: testPassword }, null)
  const authorization = `Bearer ${signedIn.json.accessToken as string}`
  const input = {
    commandId: randomUUID(),
    ...(await newProduct()),
    ...fileOf('note.pdf', samples.pdf),
  }
  const added = await post('attachments.add', input, authorization)
  expect(added).toMatchObject({ status: 200, json: { id: input.commandId, replayed: false } })
  const read = await restCall(server.url, 'attachments.content', {
    input: { id: input.commandId },
    authorization,
  })
  expect(read.json).toMatchObject({ mediaType: 'application/pdf', content: input.content })
})

test('who is restricted to a warehouse has the files of what happened in it, not of what reached outside', async () => {
  const { admin, operator } = server
  const [own, other] = [await makeWarehouse(server, 'OWN'), await makeWarehouse(server, 'OTHER')]
  const { client } = await signInRestricted(server, [own.warehouse])
  const { id: productId } = await makeProduct(admin)
  const incoming = (toLocationId: string) =>
    ({ type: 'incoming', productId, quantity: 1, toLocationId }) as const
  const inside = await operator.movements.post.mutate({ lines: [incoming(own.bin)] })
  const across = await operator.movements.post.mutate({
    lines: [incoming(own.bin), incoming(other.bin)],
  })
  const fileAt = ({ commandId }: { commandId: string }) => ({
    entity: 'command' as const,
    entityId: commandId,
    ...fileOf('a.png', samples.png),
  })
  const { id } = await client.attachments.add.mutate(fileAt(inside))
  expect(await client.attachments.content.query({ id })).toMatchObject({ fileName: 'a.png' })
  await expect(client.attachments.add.mutate(fileAt(across))).rejects.toMatchObject({
    code: 'REFERENCE_NOT_FOUND',
  })
  const hidden = await operator.attachments.add.mutate(fileAt(across))
  await expect(client.attachments.content.query({ id: hidden.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})
