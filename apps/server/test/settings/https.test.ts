import { X509Certificate } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase } from '@stockbook/db/testing'
import { generate } from 'selfsigned'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readEnvironment } from '../../src/env.ts'
import { readOrMakeCertificate } from '../../src/http/certificate.ts'
import { createLog } from '../../src/http/log.ts'
import { startServer } from '../../src/server.ts'
import { LogLines } from '../../src/testing/logLines.ts'

let folder: string
let files: { keyFile: string; certFile: string }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stockbook-https-'))
  files = { keyFile: join(folder, 'deep/key.pem'), certFile: join(folder, 'deep/cert.pem') }
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function startOn(databaseUrl: string, settings: NodeJS.ProcessEnv = {}) {
  const server = await startServer({
    environment: readEnvironment({
      PORT: '0',
      HTTPS_KEY_FILE: files.keyFile,
      HTTPS_CERT_FILE: files.certFile,
      ...settings,
    }),
    databaseUrl,
    ownerUrl: databaseUrl,
    folder,
    log: createLog('info', new LogLines()),
  })
  return { ...server, [Symbol.asyncDispose]: () => server.stop() }
}

/** Asks as a client that trusts only these certificates. */
function statusOf(url: string, ca: string | undefined): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { ...(ca ? { ca } : {}), agent: false }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    }).on('error', reject)
  })
}

test('a client that trusts the certificate is answered by name and by both addresses; another refuses', async () => {
  await using database = await createTestDatabase()
  await using server = await startOn(database.url)
  const { port, protocol } = new URL(server.url)
  expect(protocol).toBe('https:')
  expect(server.certFile).toBe(files.certFile)
  const ca = await readFile(files.certFile, 'utf8')
  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    const url = `https://${host}:${port}/healthz`
    expect(await statusOf(url, ca)).toBe(200)
    await expect(statusOf(url, undefined)).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    })
  }
})

test('the certificate is for this machine alone, signs no others, and runs out', async () => {
  const { cert } = await readOrMakeCertificate(files)
  const certificate = new X509Certificate(cert)
  expect(certificate.subjectAltName?.split(', ').sort()).toEqual([
    'DNS:localhost',
    'IP Address:0:0:0:0:0:0:0:1',
    'IP Address:127.0.0.1',
  ])
  expect(certificate.ca).toBe(false)
  const days = (Date.parse(certificate.validTo) - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(300)
  // What browsers accept.
  expect(days).toBeLessThan(398)
})

test('the key is readable by its owner only, and both files are kept', async () => {
  const made = await readOrMakeCertificate(files)
  expect((await stat(files.keyFile)).mode & 0o777).toBe(0o600)
  expect(await readFile(files.keyFile, 'utf8')).toBe(made.key)
  expect(await readOrMakeCertificate(files)).toEqual(made)
})

test('a certificate that this program made is made anew when it has run out, and only then', async () => {
  const made = await readOrMakeCertificate(files)
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    vi.setSystemTime(Date.now() + 390 * 86_400_000)
    expect(await readOrMakeCertificate(files)).toEqual(made)
    vi.setSystemTime(Date.now() + 8 * 86_400_000)
    const renewed = await readOrMakeCertificate(files)
    expect(renewed.cert).not.toBe(made.cert)
    expect(await readFile(files.keyFile, 'utf8')).toBe(renewed.key)
    expect((await stat(files.keyFile)).mode & 0o777).toBe(0o600)
  } finally {
    vi.useRealTimers()
  }
})

test('a certificate of one’s own that has run out is not touched', async () => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'stock.example' }], {
    keyType: 'ec',
    notAfterDate: new Date(Date.now() - 86_400_000),
    notBeforeDate: new Date(Date.now() - 2 * 86_400_000),
  })
  await mkdir(join(folder, 'deep'))
  await writeFile(files.keyFile, key)
  await writeFile(files.certFile, cert)
  expect(await readOrMakeCertificate(files)).toEqual({ key, cert })
})

test('a certificate of one’s own is used as it is, and not touched', async () => {
  const made = await readOrMakeCertificate(files)
  await chmod(files.keyFile, 0o640)
  await readOrMakeCertificate(files)
  expect((await stat(files.keyFile)).mode & 0o777).toBe(0o640)
  expect(await readFile(files.certFile, 'utf8')).toBe(made.cert)
})

test.each(['keyFile', 'certFile'] as const)(
  'without the %s, both are named and none is made',
  async (missing) => {
    await readOrMakeCertificate(files)
    await rm(files[missing])
    const attempt = readOrMakeCertificate(files)
    await expect(attempt).rejects.toThrow(files.keyFile)
    await expect(attempt).rejects.toThrow(files.certFile)
    await expect(stat(files[missing])).rejects.toThrow('ENOENT')
  },
)

test('a certificate that is none keeps the server from starting', async () => {
  await using database = await createTestDatabase()
  await readOrMakeCertificate(files)
  await writeFile(files.certFile, 'no certificate')
  await expect(startOn(database.url)).rejects.toThrow()
})

test('HTTPS=false answers in plain HTTP, and makes no certificate', async () => {
  await using database = await createTestDatabase()
  await using server = await startOn(database.url, { HTTPS: 'false' })
  expect(new URL(server.url).protocol).toBe('http:')
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  expect(server.certFile).toBeNull()
  await expect(stat(files.certFile)).rejects.toThrow('ENOENT')
})

test('without SECRET_KEY one is made, kept for the next start, and readable by its owner only', async () => {
  await using database = await createTestDatabase()
  const file = join(folder, 'secret-key')
  for (let starts = 0; starts < 2; starts++) {
    const before = starts === 0 ? null : await readFile(file, 'utf8')
    await (await startOn(database.url, { HTTPS: 'false' })).stop()
    const secret = await readFile(file, 'utf8')
    expect(secret.length).toBeGreaterThanOrEqual(64)
    if (before !== null) expect(secret).toBe(before)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  }
})
