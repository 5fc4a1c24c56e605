import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string
let html: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stockbook-floor-'))
  // The libraries choose by it what they are built from, and the test runner has set it.
  process.env.NODE_ENV = 'production'
  const root = join(import.meta.dirname, '..')
  await build({
    root,
    mode: 'production',
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  })
  html = readFileSync(join(folder, 'index.html'), 'utf8')
})

afterAll(() => rm(folder, { recursive: true }))

test('the first load is less than 110 KB, compressed', () => {
  const files = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!)
  expect(files.filter((path) => path.endsWith('.js')).length).toBeGreaterThan(0)
  const sizes = [html, ...files.map((path) => readFileSync(join(folder, path)))].map(
    (content) => gzipSync(content, { level: 9 }).length,
  )
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(110 * 1024)
})

test('the page holds no script and no style of its own, and names no other host', () => {
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|https?:/)
})
