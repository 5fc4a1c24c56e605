import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test, vi } from 'vitest'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'node_modules/.size')

beforeAll(async () => {
  // As in a real build: otherwise React and MUI are the ones for developers.
  vi.stubEnv('NODE_ENV', 'production')
  await build({ root, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } })
})

test('the first page of the panel takes less than 450 KB over the wire', () => {
  const first = filesOfFirstLoad()
  const bytes = first.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0)
  expect(bytes).toBeGreaterThan(200_000)
  expect(bytes).toBeLessThan(450 * 1024)
})

test('the page holds no script and no style of its own, and names no other host', () => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  expect(page).not.toMatch(/<script[^>]*>[^<]/)
  expect(page).not.toMatch(/<style|style=/)
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//)
})

/** The page, and the scripts that it and they load at once; what is loaded when it is asked for is none. */
function filesOfFirstLoad(): string[] {
  const assets = join(folder, 'assets')
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const found = new Set(namesIn(page))
  for (const name of found) {
    const script = readFileSync(join(assets, name), 'utf8')
    for (const [, other] of script.matchAll(/(?:from|import)"\.\/([\w.-]+)"/g)) {
      if (other !== undefined && existsSync(join(assets, other))) found.add(other)
    }
  }
  expect(readdirSync(assets)).toEqual(expect.arrayContaining([...found]))
  return [join(folder, 'index.html'), ...[...found].map((name) => join(assets, name))]
}

function namesIn(page: string): string[] {
  return [...page.matchAll(/(?:src|href)="\/admin\/assets\/([\w.-]+)"/g)].map(
    ([, name]) => name ?? '',
  )
}
