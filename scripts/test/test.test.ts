import { expect, test } from 'vitest'
import { scratchProject } from './scratchProject.ts'

type Result = { status: 'passed' | 'failed' | 'pending'; fullName: string }

function report(results: Result[], { file = 'passed', success = true } = {}): string {
  const testResults = [{ name: 'src/a.test.ts', status: file, assertionResults: results }]
  return JSON.stringify({ success, testResults })
}

async function projectWith(reports: Record<string, string>, exitCode = 0) {
  const project = await scratchProject()
  for (const name of ['apps/server', 'packages/client']) {
    await project.write(`${name}/package.json`, JSON.stringify({ scripts: { test: 'vitest run' } }))
    // Of a run before this one: not to be counted.
    await project.write(`${name}/test-report.json`, report([{ status: 'passed', fullName: 'old' }]))
  }
  await project.write('packages/untested/package.json', '{}')
  for (const [name, text] of Object.entries(reports)) await project.write(`new/${name}`, text)
  await project.npx(`case "$*" in *"run test"*) cp -r new/. . 2>/dev/null; exit ${exitCode};; esac`)
  return project
}

const passed = (fullName: string): Result => ({ status: 'passed', fullName })
const lastLine = (output: string) => output.trimEnd().split('\n').at(-1)

test('the last line is the sum over all suites', async () => {
  await using project = await projectWith({
    'apps/server/test-report.json': report([passed('a'), passed('b')]),
    'packages/client/test-report.json': report([passed('c')]),
  })
  const { code, output } = await project.start('test.mjs').finished
  expect(lastLine(output)).toBe('3 passed, 0 failed')
  expect(code).toBe(0)
})

test('failed and skipped tests are named', async () => {
  await using project = await projectWith(
    {
      'apps/server/test-report.json': report(
        [passed('a'), { status: 'failed', fullName: 'keeps its promise' }],
        { file: 'failed', success: false },
      ),
      'packages/client/test-report.json': report([{ status: 'pending', fullName: 'not today' }]),
    },
    1,
  )
  const { code, output } = await project.start('test.mjs').finished
  expect(output).toMatch(/^failed: apps\/server: .*a\.test\.ts: keeps its promise$/m)
  expect(output).toMatch(/^skipped: packages\/client: .*a\.test\.ts: not today$/m)
  expect(lastLine(output)).toBe('1 passed, 1 failed')
  expect(code).toBe(1)
})

test('a suite that crashes without a report counts as failed, whatever the run before it said', async () => {
  await using project = await projectWith({
    'apps/server/test-report.json': report([passed('a')]),
  })
  const { code, output } = await project.start('test.mjs').finished
  expect(output).toContain('failed: packages/client: its suite wrote no report')
  expect(lastLine(output)).toBe('1 passed, 1 failed')
  expect(code).toBe(1)
})

test('a file that cannot be loaded, and an error outside of all tests, count as failed', async () => {
  await using project = await projectWith(
    {
      'apps/server/test-report.json': report([], { file: 'failed', success: false }),
      'packages/client/test-report.json': report([passed('a')], { success: false }),
    },
    1,
  )
  const { code, output } = await project.start('test.mjs').finished
  expect(lastLine(output)).toBe('1 passed, 2 failed')
  expect(code).toBe(1)
})

test('a run that fails although every report is fine is a failure', async () => {
  const reports = {
    'apps/server/test-report.json': report([passed('a')]),
    'packages/client/test-report.json': report([passed('b')]),
  }
  await using project = await projectWith(reports, 9)
  const { code, output } = await project.start('test.mjs').finished
  expect(lastLine(output)).toBe('2 passed, 1 failed')
  expect(code).toBe(1)
})

test('a run without a single test is a failure', async () => {
  await using project = await projectWith({
    'apps/server/test-report.json': report([]),
    'packages/client/test-report.json': report([]),
  })
  const { code, output } = await project.start('test.mjs').finished
  expect(lastLine(output)).toBe('0 passed, 1 failed')
  expect(code).toBe(1)
})
