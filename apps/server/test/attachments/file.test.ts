import { createStockbookClient } from '@stockbook/client'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signInFor } from '../../src/testing/rawCall.ts'
import { startTestServer, type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { makeProduct } from '../../src/testing/warehouse.ts'
import { fileOf, samples } from './samples.ts'

let server: TestServer
let product: { entity: 'product'; entityId: string }

beforeAll(async () => {
  server = await startTestServer()
  product = { entity: 'product', entityId: (await makeProduct(server.admin)).id }
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const add = (fileName: string, bytes: Buffer) =>
  server.operator.attachments.add.mutate({ ...product, ...fileOf(fileName, bytes) })

test('a file comes as its bytes, of its type, to be saved under its name and never run', async () => {
  for (const [extension, mediaType] of [
    ['png', 'image/png'],
    ['pdf', 'application/pdf'],
    ['csv', 'text/csv'],
  ] as const) {
    const { id } = await add(`a.${extension}`, samples[extension])
    const response = await server.operator.attachments.content.file({ id })
    const headers = Object.fromEntries(response.headers)
    expect(headers).toMatchObject({
      'content-type': mediaType,
      'content-disposition': `attachment; filename=a.${extension}`,
      'content-length': String(samples[extension].length),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*; sandbox$/)
    expect(Buffer.from(await response.arrayBuffer()).equals(samples[extension])).toBe(true)
  }
})

test('names of any writing, and with signs that mean something in a header, come back as they were', async () => {
  const names = ['Накладная «5».png', 'שלום.png', 'a"b; filename=x.html%22.png', '%2e%2e%2fa.png']
  for (const name of names) {
    const { id } = await add(name, samples.png)
    const response = await server.operator.attachments.content.file({ id })
    const disposition = response.headers.get('content-disposition') ?? ''
    expect(disposition).toMatch(/^attachment; filename/)
    expect(nameIn(disposition)).toBe(name)
  }
})

/** As RFC 6266 has it: the extended form first, then the quoted one. */
function nameIn(disposition: string): string | undefined {
  const extended = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1]
  if (extended) return decodeURIComponent(extended)
  const quoted = /filename="((?:[^"\\]|\\.)*)"/.exec(disposition)?.[1]
  return quoted?.replace(/\\(.)/g, '$1')
}

test('a stranger, one who must choose a password, and a wrong address get no file', async () => {
  const { admin, operator } = server
  const { id } = await add('a.png', samples.png)
  const nobody = createStockbookClient({ url: server.url })
  await expect(nobody.attachments.content.file({ id })).rejects.toMatchObject({
    code: 'SIGN_IN_REQUIRED',
    path: 'attachments.content',
  })
  await admin.users.create.mutate({
    username: 'berta',
    role: 'operator',
    password: testPassword,
    mustChangePassword: true,
  })
  const bound = `Bearer ${await signInFor(server.url, 'berta', testPassword)}`
  const ask = (authorization: string | null, path: string, method = 'GET') =>
    fetch(`${server.url}/attachments/${path}`, {
      method,
      ...(authorization && { headers: { authorization } }),
    })
  expect((await ask(bound, id)).status).toBe(403)
  expect((await ask('Bearer no.such.token', id)).status).toBe(401)
  const good = `Bearer ${await signInFor(server.url, 'olga', testPassword)}`
  for (const path of [randomUUID(), 'nothing', '..%2f..%2fetc', "1' or '1'='1"]) {
    expect((await ask(good, encodeURI(path))).status).toBe(404)
  }
  expect((await ask(good, id, 'DELETE')).status).toBe(404)
  await admin.attachments.remove.mutate({ id })
  await expect(operator.attachments.content.file({ id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})
