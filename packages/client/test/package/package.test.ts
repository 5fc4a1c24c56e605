import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { publint } from 'publint'
import { build } from 'tsdown'
import { beforeAll, expect, inject, test } from 'vitest'
import { shownComments } from './shownComments.ts'

const run = promisify(execFile)
const packageFolder = join(import.meta.dirname, '../..')
const installed = join(inject('installation'), 'node_modules/@stockbook/client')

test('publint finds nothing to improve', async () => {
  const { messages } = await publint({ pkgDir: installed, strict: true })
  expect(messages).toEqual([])
})

test('the types resolve for ES modules, CommonJS and bundlers', async () => {
  const manifest = fileURLToPath(import.meta.resolve('@arethetypeswrong/cli/package.json'))
  const attw = join(dirname(manifest), 'dist/index.js')
  const args = [attw, inject('tarball'), '--profile', 'node16', '--format', 'json']
  const { stdout } = await run('node', args)
  const { analysis } = JSON.parse(stdout)
  expect(Object.keys(analysis.entrypoints)).toEqual(
    expect.arrayContaining(['./contract', './outbox', './scan']),
  )
  const problems = analysis.problems.filter(
    ({ resolutionKind }: { resolutionKind: string }) => resolutionKind !== 'node10',
  )
  expect(problems).toEqual([])
})

test('the package holds what a user needs, and nothing of the workspace', async () => {
  const names = await readdir(installed)
  expect(names.toSorted()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json'])
  const manifest = await readFile(join(installed, 'package.json'), 'utf8')
  expect(manifest).not.toMatch(/"source"|catalog:|workspace:/)
  const { dependencies } = JSON.parse(manifest)
  for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
})

test('its types name no package besides tRPC’s and zod’s', async () => {
  const files = await readdir(join(installed, 'dist'), { recursive: true })
  const types = files.filter((name) => name.endsWith('.d.ts') || name.endsWith('.d.cts'))
  expect(types.length).toBeGreaterThan(0)
  for (const file of types) {
    const text = await readFile(join(installed, 'dist', file), 'utf8')
    for (const [, name] of text.matchAll(/(?:from |import\()"([^"]+)"/g)) {
      expect(name).toMatch(/^(\.|@trpc\/|zod(\/|$))/)
    }
    expect(text).not.toContain('/// <reference')
  }
})

test('its types say of every procedure what the contract says', async () => {
  const sources = await contractSources()
  const documented = /(\/\*\*(?:(?!\*\/).)*\*\/)\s*(\w+): (?:query|mutation)\(/gs
  const comments = sources.flatMap((text) => [...text.matchAll(documented)])
  expect(comments.length).toBeGreaterThan(20)
  const files = await readdir(join(installed, 'dist'))
  const types = files.filter((name) => /^index-.*\.d\.c?ts$/.test(name))
  expect(types).toHaveLength(2)
  for (const file of types) {
    const text = unwrapped(await readFile(join(installed, 'dist', file), 'utf8'))
    for (const [, comment = '', name] of comments) {
      expect(text).toContain(`${unwrapped(comment)} ${name}: ProcedureContract<`)
    }
  }
})

/** The fields whose comments the contract writes at the field, at a shared one, or at a constant. */
const told: Record<string, string[]> = {
  "ApiInputs['movements']['post']": ['commandId', 'occurredAt', 'partnerId', 'reference'],
  "ApiInputs['movements']['post']['lines'][number]": [
    'productId',
    'quantity',
    'packagingId',
    'lotId',
    'fromLocationId',
    'toLocationId',
    'movementId',
  ],
  "ApiInputs['products']['list']": ['limit', 'cursor', 'sort', 'direction', 'search', 'archived'],
  "ApiOutputs['products']['list']['items'][number]": ['createdAt', 'archivedAt', 'version', 'sku'],
}

test('an editor shows what the contract says of fields in unions, and of fields that are shared', async () => {
  const said = unwrapped((await contractSources()).join('\n'))
  const shown = shownComments(inject('installation'), Object.keys(told))
  for (const [index, [type, fields]] of Object.entries(told).entries()) {
    for (const field of fields) {
      const comments = shown[index]?.get(field) ?? new Set([''])
      expect([...comments], `${type}: ${field}`).not.toContain('')
      for (const comment of comments) expect(said).toContain(unwrapped(comment))
    }
  }
})

async function contractSources(): Promise<string[]> {
  const folder = join(packageFolder, 'src/contract')
  const names = await readdir(folder)
  return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
}

function unwrapped(text: string): string {
  return text.replace(/\s+(\* )?/g, ' ')
}

/** The root entry with all that it needs at once, as a browser would load it. */
let bundle: string

beforeAll(async () => {
  const [built] = await build({
    config: false,
    cwd: packageFolder,
    entry: join(installed, 'dist/index.js'),
    platform: 'browser',
    deps: { alwaysBundle: [/./] },
    minify: true,
    dts: false,
    write: false,
    clean: false,
    logLevel: 'error',
  })
  const chunks = (built?.chunks ?? []).filter((chunk) => chunk.type === 'chunk')
  const loaded = new Set(chunks.filter(({ isEntry }) => isEntry))
  // What is imported as well; what is loaded only when it is called for does not count.
  for (const { imports } of loaded) {
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) loaded.add(chunk)
  }
  bundle = [...loaded].map(({ code }) => code).join('')
})

test('the root entry is less than 15 KB for a browser, compressed', () => {
  expect(bundle.includes('StockbookError')).toBe(true)
  expect(gzipSync(bundle).length).toBeLessThan(15_000)
})

test('the root entry brings no schema library and nothing of Node', () => {
  expect(bundle.match(/ZodError|\$ZodType/)).toBeNull()
  expect(bundle.match(/["'`]node:|require\(|(?:from|import)\s*["'`](?!\.\/)/)).toBeNull()
})
