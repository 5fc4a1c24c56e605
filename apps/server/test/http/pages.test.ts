import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'

const page = (name: string) => `<!doctype html><title>${name}</title>${'<p>goods</p>'.repeat(500)}`
const script = 'export const goods = 1;'.repeat(200)
const asPerson = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

let folder: string
let server: TestServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stockbook-pages-'))
  for (const name of ['floor', 'admin']) {
    await mkdir(join(folder, name, 'assets'), { recursive: true })
    await writeFile(join(folder, name, 'index.html'), page(name))
    await writeFile(join(folder, name, 'assets/main-1a2b.js'), script)
  }
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(join(folder, 'floor/.hidden'), 'secret')
  await writeFile(join(folder, 'floor/serviceWorker.js'), script)
  server = await startTestServer(undefined, {
    floor: join(folder, 'floor'),
    admin: join(folder, 'admin'),
  })
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { headers })

function policyOf(answer: Response): Map<string, string> {
  const directives = answer.headers.get('content-security-policy')!.split('; ')
  return new Map(
    directives.map((directive) => {
      const [name, ...sources] = directive.split(' ')
      return [name!, sources.join(' ')]
    }),
  )
}

describe('the two applications', () => {
  test.each([
    ['/', 'floor'],
    ['/admin', 'admin'],
    ['/admin/', 'admin'],
    ['/admin/products', 'admin'],
    ['/admin/products/1/show', 'admin'],
  ])('a person who opens %s gets the page of the %s, at that address', async (path, name) => {
    const answer = await fetch(server.url + path, { headers: asPerson, redirect: 'error' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(await answer.text()).toBe(page(name))
  })

  test.each(['/nowhere', '/assets/old-9f9f.js', '/admin/assets/old-9f9f.js', '/apis/no/such'])(
    'a program that asks for %s hears in JSON that it is not there',
    async (path) => {
      const answer = await get(path)
      expect(answer.status).toBe(404)
      expect(await answer.json()).toMatchObject({ status: 'not found' })
    },
  )

  test.each(['/../secret.txt', '/%2e%2e/secret.txt', '/admin/..%2f..%2fsecret.txt', '/.hidden'])(
    'nothing outside of them, and nothing hidden, is given out: %s',
    async (path) => {
      const { hostname, port } = new URL(server.url)
      const body = await new Promise<string>((resolve, reject) => {
        const sending = request({ hostname, port, path }, (answer) => {
          let text = ''
          answer.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text))
        })
        sending.on('error', reject)
        sending.end()
      })
      expect(body).toContain('not found')
      expect(body).not.toContain('secret')
    },
  )

  test.each(['POST', 'PUT', 'DELETE'])('%s on a page does nothing', async (method) => {
    for (const path of ['/', '/admin/products']) {
      const answer = await fetch(server.url + path, { method, headers: asPerson })
      expect(answer.status).toBe(404)
    }
  })
})

describe('what a browser keeps', () => {
  test('a file whose name holds its hash: for good', async () => {
    for (const path of ['/assets/main-1a2b.js', '/admin/assets/main-1a2b.js']) {
      const control = (await get(path)).headers.get('cache-control')
      expect(control).toBe('public, max-age=31536000, immutable')
    }
  })

  test.each(['/', '/serviceWorker.js', '/admin/', '/admin/products'])(
    '%s: only after it has asked, and an unchanged one is not sent again',
    async (path) => {
      const first = await get(path, asPerson)
      expect(first.headers.get('cache-control')).toBe('no-cache')
      const etag = first.headers.get('etag')!
      const revalidation = { 'if-none-match': etag, 'cache-control': 'max-age=0' }
      const second = await get(path, { ...asPerson, ...revalidation })
      expect(second.status).toBe(304)
    },
  )

  test('pages travel compressed to who can read that', async () => {
    for (const encoding of ['br', 'gzip']) {
      const answer = await get('/assets/main-1a2b.js', { 'accept-encoding': encoding })
      expect(answer.headers.get('content-encoding')).toBe(encoding)
      expect(await answer.text()).toBe(script)
    }
    const plain = await get('/assets/main-1a2b.js', { 'accept-encoding': 'identity' })
    expect(plain.headers.get('content-encoding')).toBeNull()
  })
})

describe('what a page may do', () => {
  test.each(['/', '/admin/', '/admin/products', '/assets/main-1a2b.js'])(
    '%s loads from this server alone, and runs no script or style that is written into a page',
    async (path) => {
      const policy = policyOf(await get(path, asPerson))
      expect(policy.get('default-src')).toBe("'none'")
      for (const directive of ['base-uri', 'object-src', 'frame-ancestors']) {
        expect(policy.get(directive)).toBe("'none'")
      }
      for (const directive of ['connect-src', 'worker-src', 'manifest-src', 'font-src']) {
        expect(policy.get(directive)).toBe("'self'")
      }
      const all = [...policy.values()].join(' ')
      expect(all).not.toMatch(/unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|https?:|\*/)
    },
  )

  test('only the floor runs WebAssembly and sees through the camera', async () => {
    const floor = await get('/')
    expect(policyOf(floor).get('script-src')).toBe("'self' 'wasm-unsafe-eval'")
    expect(floor.headers.get('permissions-policy')).toContain('camera=(self)')
    expect(policyOf(await get('/admin/')).get('script-src')).toBe("'self'")
  })

  test('an answer that is no page may load nothing', async () => {
    for (const path of ['/healthz', '/rpc/auth.me', '/nowhere']) {
      const policy = policyOf(await get(path))
      expect(new Set(policy.values())).toEqual(new Set(["'none'"]))
    }
  })
})

test('pages that are not built say so to people, and calls are answered all the same', async () => {
  await using bare = await startTestServer(undefined, { floor: '/nowhere', admin: '/nowhere' })
  for (const path of ['/', '/admin', '/admin/', '/admin/products']) {
    const answer = await fetch(bare.url + path, { headers: asPerson })
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('not built')
  }
  expect(await bare.operator.auth.me.query()).toMatchObject({ username: 'olga' })
})
