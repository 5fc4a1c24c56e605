import { readdirSync, readFileSync } from 'node:fs'
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

/** What somebody loads who opens the panel, at its first page or at the address of a list. */
const firstPages = {
  'the first page': ['Dashboard', 'DaysChart'],
} as const

test.each(Object.entries(firstPages))(
  '%s of the panel takes less than 450,000 bytes over the wire',
  (_page, parts) => {
    const files = filesOf(parts)
    const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0)
    expect(bytes).toBeGreaterThan(200_000)
    expect(bytes).toBeLessThan(450_000)
  },
)

test('the page holds no script and no style of its own, and names no other host', () => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  expect(page).not.toMatch(/<script[^>]*>[^<]/)
  expect(page).not.toMatch(/<style|style=/)
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//)
})

/** The document and what it loads with the parts that are asked for, all of it followed to its end. */
function filesOf(parts: readonly string[]): string[] {
  const assets = join(folder, 'assets')
  const all = readdirSync(assets)
  const partFiles = parts.flatMap((part) => {
    const files = all.filter((name) => name.startsWith(`${part}-`))
    expect({ part, files: files.length > 0 }).toEqual({ part, files: true })
    return files
  })
  const document = readFileSync(join(folder, 'index.html'), 'utf8')
  const found = new Set([...namesIn(document), ...partFiles])
  for (const name of found) {
    const text = readFileSync(join(assets, name), 'utf8')
    for (const [, other] of text.matchAll(/(?:from|import)"\.\/([\w.-]+)"/g)) {
      if (other !== undefined) found.add(other)
    }
  }
  expect(all).toEqual(expect.arrayContaining([...found]))
  return [join(folder, 'index.html'), ...[...found].map((name) => join(assets, name))]
}

function namesIn(page: string): string[] {
  return [...page.matchAll(/(?:src|href)="\/admin\/assets\/([\w.-]+)"/g)].map(
    ([, name]) => name ?? '',
  )
}
