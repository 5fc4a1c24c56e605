import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'tsdown'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { Refusal, signInHandler, startServer } from '../testServer.ts'

const run = promisify(execFile)
const packageFolder = join(import.meta.dirname, '../..')
const compilers = {
  6: join(packageFolder, 'node_modules/typescript/bin/tsc'),
  7: join(packageFolder, '../../node_modules/typescript/bin/tsc'),
}
const consumers = { 'node-esm': 'main.js', 'node-cjs': 'main.js', bundler: 'bundle/main.mjs' }

for (const [name, entry] of Object.entries(consumers)) {
  describe(`a project of the kind ${name}`, () => {
    const folder = join(inject('installation'), name)

    beforeAll(async () => {
      await cp(join(import.meta.dirname, '../consumers', name), folder, { recursive: true })
    })

    for (const [major, compiler] of Object.entries(compilers)) {
      test(`compiles with TypeScript ${major}: good calls inferred, bad calls refused`, async () => {
        const { stdout } = await run('node', [compiler, '--version'])
        expect(stdout).toContain(`Version ${major}.`)
        await run('node', [compiler, '-p', folder]).catch((failure) => {
          throw new Error(failure.stdout)
        })
      })
    }

    test('runs: signs in, reads, posts a command and meets a refusal', async () => {
      const posted: unknown[] = []
      await using server = await startServer({
        'auth.signIn': signInHandler(),
        'products.list': () => ({ items: [{ sku: 'TEA' }, { sku: 'MUG' }], nextCursor: null }),
        'movements.post': ({ commandId }: { commandId: string }) => {
          posted.push(commandId)
          if (posted.length > 1) throw new Refusal('INSUFFICIENT_STOCK', { available: 0 })
          return { commandId, replayed: false, recordedAt: new Date(0), movements: [] }
        },
      })
      if (name === 'bundler') await bundle(folder)
      const { stdout } = await run('node', [join(folder, 'dist', entry)], {
        env: { ...process.env, STOCKBOOK_URL: server.url },
      })
      expect(JSON.parse(stdout)).toEqual({
        skus: ['TEA', 'MUG'],
        recordedAt: '1970-01-01T00:00:00.000Z',
        refused: { code: 'INSUFFICIENT_STOCK', detail: { available: 0 } },
      })
      expect(new Set(posted).size).toBe(2)
    })
  })
}

test('every example of the README compiles', async () => {
  const folder = join(inject('installation'), 'readme')
  await mkdir(folder)
  await cp(
    join(import.meta.dirname, '../consumers/node-esm/package.json'),
    join(folder, 'package.json'),
  )
  const text = await readFile(join(packageFolder, 'README.md'), 'utf8')
  const examples = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code)
  expect(examples.length).toBeGreaterThan(4)
  const files = await Promise.all(
    examples.map(async (code, index) => {
      const file = join(folder, `example${index}.mts`)
      const alone = code.includes("from '@stockbook/client'")
      await writeFile(file, alone ? code : `${aroundExamples}${code}`)
      return file
    }),
  )
  const options = '--noEmit --strict --skipLibCheck --target es2023 --module nodenext --types node'
  const typeRoots = ['--typeRoots', join(inject('installation'), 'node_modules/@types')]
  const args = [compilers[7], ...options.split(' '), ...typeRoots, '--ignoreConfig', ...files]
  await run('node', args, { cwd: folder }).catch((failure) => {
    throw new Error(failure.stdout)
  })
})

/** What an example without imports takes for granted. */
const aroundExamples = `
import { type ApiInputs, type ApiOutputs, listAll, newCommandId, type StockbookClient } from '@stockbook/client'
declare const client: StockbookClient
declare const locationId: string
declare const productId: string
declare const lastPosition: number
declare function copy(movement: ApiOutputs['movements']['get']): Promise<void>
declare function savePosition(position: number): Promise<void>
declare const lines: ApiInputs['movements']['post']['lines']
declare function save(commandId: string): Promise<void>
`

async function bundle(folder: string) {
  await build({
    config: false,
    cwd: folder,
    entry: 'main.ts',
    outDir: 'dist/bundle',
    platform: 'browser',
    deps: { alwaysBundle: [/./] },
    fixedExtension: true,
    dts: false,
    logLevel: 'error',
  })
}
