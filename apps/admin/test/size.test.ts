import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test, vi } from 'vitest'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'node_modules/.size')

/** Vite's list of what it wrote: for each module that is loaded by itself, its file and what that loads. */
type Manifest = Readonly<Record<string, { file: string; imports?: string[]; css?: string[] }>>

beforeAll(async () => {
  // As in a real build: otherwise React and MUI are the ones for developers.
  vi.stubEnv('NODE_ENV', 'production')
  const options = { outDir: folder, emptyOutDir: true, manifest: true }
  await build({ root, logLevel: 'error', build: options })
})

/** What somebody loads who opens the panel, at its first page or at the address of a list. */
const firstPages = {
  'the first page': ['messages/en.ts', 'dashboard/Dashboard.tsx', 'dashboard/DaysChart.tsx'],
  'a list': ['messages/en.ts', 'pages/ResourceList.tsx'],
  'a list in Russian': ['messages/ru.ts', 'pages/ResourceList.tsx'],
} as const

test.each(Object.entries(firstPages))(
  '%s of the panel takes less than 450,000 bytes over the wire',
  (_page, modules) => {
    const files = filesOf(modules.map((name) => `src/${name}`))
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

/** The document, and what it and these modules load at once, followed to its end. */
function filesOf(modules: readonly string[]): string[] {
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Manifest
  const files = new Set(['index.html'])
  const needed = new Set(['index.html', ...modules])
  for (const name of needed) {
    const chunk = manifest[name]
    if (chunk === undefined) throw new Error(`The build has nothing called ${name}.`)
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    for (const other of chunk.imports ?? []) needed.add(other)
  }
  return [...files].map((file) => join(folder, file))
}
