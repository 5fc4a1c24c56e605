import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { scratchProject } from './scratchProject.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const checks = 9

/** A project whose suites print `tests`, and whose checks fail when their command matches `failing`. */
async function projectWith({ tests = '5 passed, 0 failed', failing = 'nothing' } = {}) {
  const project = await scratchProject()
  await mkdir(join(project.root, '.ci'))
  await cp(join(repository, '.ci/run'), join(project.root, '.ci/run'))
  const named = 'scripts/checkNamedPaths.mjs'
  await cp(join(repository, named), join(project.root, named))
  await project.write('CONTRIBUTING.md', 'See `scripts/start.mjs` and `application/json`.')
  await project.write('pnpm-lock.yaml', 'lockfileVersion: 9\n')
  await project.write('bin/npm', `#!/bin/sh\nprintf '%s\\n' '${tests}'\n`, 0o755)
  await project.npx(`case "$*" in *"${failing}"*) exit 1;; esac; echo "ran: $*"`)
  return project
}

const lastLine = (output: string) => output.trimEnd().split('\n').at(-1)

test('suites and checks are summed up in the last line', async () => {
  await using project = await projectWith()
  const { code, output } = await project.run('bash', ['.ci/run']).finished
  expect(lastLine(output)).toBe(`${5 + checks} passed, 0 failed`)
  expect(code).toBe(0)
})

test('a failed suite and a failed check are named, and what comes after them still runs', async () => {
  const tests = 'failed: packages/db: keeps its promise\n4 passed, 1 failed'
  await using project = await projectWith({ tests, failing: 'run lint' })
  const { code, output } = await project.run('bash', ['.ci/run']).finished
  expect(output).toMatch(/^failed: packages\/db: keeps its promise$/m)
  expect(output).toMatch(/^failed: check: lint$/m)
  expect(output).toMatch(/^ran: .*db:check --no-database$/m)
  expect(lastLine(output)).toBe(`${4 + checks - 1} passed, 2 failed`)
  expect(code).toBe(1)
})

test('suites that end without their sum are a failure', async () => {
  await using project = await projectWith({ tests: 'Segmentation fault' })
  const { code, output } = await project.run('bash', ['.ci/run']).finished
  expect(lastLine(output)).toBe(`${checks} passed, 1 failed`)
  expect(code).toBe(1)
})

test.each([
  ['a URL', "resolution: {tarball: 'https://packages.example/a.tgz'}"],
  ['a tarball', 'resolution: {tarball: a.tgz}'],
])('a lock file with %s is a failure', async (_, line) => {
  await using project = await projectWith()
  await project.write('pnpm-lock.yaml', `${line}\n`)
  const { code, output } = await project.run('bash', ['.ci/run']).finished
  expect(output).toContain('failed: check: no addresses in the lock file')
  expect(code).toBe(1)
})

test.each([
  ['a file that is gone', '`scripts/gone.mjs`'],
  ['a link to a file that is gone', '[guide](docs/gone.md)'],
  ['a pattern in a folder that is gone', '`scripts/gone/*.mjs`'],
  ['no path', 'nothing'],
])('a CONTRIBUTING.md that names %s is a failure', async (_, text) => {
  await using project = await projectWith()
  await project.write('CONTRIBUTING.md', text)
  const { code, output } = await project.run('bash', ['.ci/run']).finished
  expect(output).toContain('failed: check: paths named in CONTRIBUTING.md')
  expect(code).toBe(1)
})
