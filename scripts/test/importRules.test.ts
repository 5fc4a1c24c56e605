import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const oxlint = join(repository, 'scripts/node_modules/.bin/oxlint')
const feature = 'apps/server/src/features/movements'

/** What each kind of file must not import, and what it may. */
const rules: { file: string; reason: string; refused: string[]; allowed: string[] }[] = [
  {
    file: 'packages/client/src/transport.ts',
    reason: 'The client runs in every browser',
    refused: [
      'node:fs',
      'pg',
      'express',
      '@stockbook/db',
      '@stockbook/server',
      '@trpc/react-query',
    ],
    allowed: ['zod', 'superjson', '@trpc/client', '@trpc/server', './errors.ts', '../errors.ts'],
  },
  {
    file: 'packages/db/src/schema/products.ts',
    reason: 'The database is below the server',
    refused: [
      '@stockbook/client',
      '@stockbook/client/contract',
      '@stockbook/server',
      '@trpc/server',
      'express',
    ],
    allowed: ['drizzle-orm', 'drizzle-orm/pg-core', 'pg', 'node:fs', './columns.ts'],
  },
  {
    file: `${feature}/movements.ts`,
    reason: 'The rules of the warehouse do not know how they are called',
    refused: ['@trpc/server', 'express', './movements.router.ts', '../../trpc.ts'],
    allowed: ['@stockbook/db', 'drizzle-orm', '../products/products.ts', '../../errors.ts'],
  },
  ...['apps/server/src/masterData/rows.ts', 'apps/server/src/lists/keyset.ts'].map((file) => ({
    file,
    reason: 'The rules of the warehouse do not know how they are called',
    refused: ['@trpc/server', 'express', '../http/app.ts', '../trpc.ts'],
    allowed: ['@stockbook/db', 'drizzle-orm', '@stockbook/client/contract', '../errors.ts'],
  })),
  ...['apps/server/src/http/log.ts', 'apps/server/src/server.ts', `${feature}/post.ts`].map(
    (file) => ({
      file,
      reason: 'The server implements the contract',
      refused: ['@stockbook/client'],
      allowed: ['@stockbook/client/contract', '@stockbook/db'],
    }),
  ),
  {
    file: 'apps/server/src/http/listen.ts',
    reason: 'Import a package by its name',
    refused: ['../../../../packages/db/src/schema/index.ts'],
    allowed: ['@stockbook/db', 'express', '@trpc/server'],
  },
  {
    file: `${feature}/movements.router.ts`,
    reason: 'A router only names things',
    refused: [
      '@stockbook/db',
      'drizzle-orm',
      'zod',
      '../products/products.ts',
      './movements.sql.ts',
      'express',
    ],
    allowed: ['@stockbook/client/contract', './movements.ts', '../../trpc.ts'],
  },
  {
    file: `${feature}/movements.sql.ts`,
    reason: 'A file of statements imports the database only',
    refused: [
      '@trpc/server',
      'express',
      './movements.ts',
      '../../errors.ts',
      '@stockbook/client/contract',
    ],
    allowed: ['@stockbook/db', 'drizzle-orm', 'drizzle-orm/pg-core', '../stock/stock.sql.ts'],
  },
  ...['apps/admin/src/main.tsx', 'apps/floor/src/main.ts', 'examples/import-products/main.ts'].map(
    (file) => ({
      file,
      reason: 'Screens and examples stand on @stockbook/client alone',
      refused: [
        '@stockbook/server',
        '@stockbook/db',
        '@stockbook/db/testing',
        'drizzle-orm',
        'pg',
        '../../server/src/env.ts',
        '../../apps/server/src/env.ts',
        '../../../packages/db/src/index.ts',
      ],
      allowed: ['@stockbook/client', '@stockbook/client/contract', 'react', './screen.ts'],
    }),
  ),
]

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lint-'))
  await cp(join(repository, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** For each statement, what the linter says of its import; null when it has nothing against it. */
async function lint(file: string, statements: string[]): Promise<(string | null)[]> {
  await mkdir(join(folder, dirname(file)), { recursive: true })
  await writeFile(join(folder, file), statements.join('\n'))
  const command = promisify(execFile)(oxlint, ['--format=json', file], { cwd: folder })
  const { stdout } = await command.catch((failure) => failure)
  const { diagnostics } = JSON.parse(stdout)
  // A file that cannot be parsed breaks no rule.
  expect(diagnostics.filter(({ code }: Diagnostic) => !code)).toEqual([])
  return statements.map((_, index) => {
    const found = diagnostics.find(
      (diagnostic: Diagnostic) =>
        diagnostic.code === 'eslint(no-restricted-imports)' &&
        diagnostic.labels[0]?.span.line === index + 1,
    )
    return found ? `${found.message} ${found.help}` : null
  })
}

type Diagnostic = {
  code: string
  message: string
  help: string
  labels: { span: { line: number } }[]
}

test.each(rules)('$file: a forbidden import is refused with the reason', async (rule) => {
  const statements = rule.refused.flatMap((path) => [
    `export * from '${path}'`,
    `import '${path}'`,
    `void import('${path}')`,
  ])
  const said = await lint(rule.file, statements)
  for (const [index, statement] of statements.entries()) {
    expect(said[index], statement).toContain(rule.reason)
  }
})

test.each(rules)('$file: what it needs may be imported', async ({ file, allowed }) => {
  const said = await lint(
    file,
    allowed.map((path) => `export * from '${path}'`),
  )
  expect(said).toEqual(allowed.map(() => null))
})

test('even a type of tRPC is refused in the rules of the warehouse', async () => {
  const [said] = await lint(`${feature}/movements.ts`, ["export type { A } from '@trpc/server'"])
  expect(said).toContain('do not know how they are called')
})
