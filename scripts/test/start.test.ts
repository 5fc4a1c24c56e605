import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { scratchProject } from './scratchProject.ts'

/** A server that says when it runs, and that takes a moment to end, whatever it is sent. */
const slowToEnd = `
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    console.log('heard ' + signal)
    setTimeout(() => { console.log('server ended in order'); process.exit(0) }, 400)
  })
}
setInterval(() => {}, 1000)
console.log('server runs')
`

test('it installs, builds, hands the arguments over, and ends with the exit code of the server', async () => {
  await using project = await scratchProject()
  await project.npx('echo "npx $*" >> calls; echo noise')
  await project.server(
    `import { readFileSync } from 'node:fs'
    console.log(readFileSync('calls', 'utf8') + process.argv.slice(2).join(' '))
    process.exitCode = 7`,
  )
  const { code, output } = await project.start('start.mjs', ['--empty', '--reset']).finished
  expect(output.split('\n').map((line) => line.trim())).toEqual([
    'Installing packages',
    'Building',
    'npx --yes --prefer-offline pnpm@0.0.0 install --frozen-lockfile',
    'npx --yes --prefer-offline pnpm@0.0.0 exec turbo run build --output-logs=errors-only',
    'start --demonstration examples/northwind/dist/load.js --empty --reset',
    '',
  ])
  expect(code).toBe(7)
})

test('with STOCKBOOK_VERBOSE=1 it shows what the steps print', async () => {
  await using project = await scratchProject()
  await project.npx('echo noise')
  await project.server('')
  const started = project.start('start.mjs', [], { STOCKBOOK_VERBOSE: '1' })
  expect((await started.finished).output).toContain('noise')
})

test('a step that fails shows why, ends it with a failure, and nothing after it runs', async () => {
  await using project = await scratchProject()
  await project.npx('echo "the disk is full"; exit 3')
  await project.server("console.log('server runs')")
  const { code, output } = await project.start('start.mjs').finished
  expect(code).toBe(3)
  expect(output).toContain('the disk is full')
  expect(output).not.toContain('Building')
  expect(output).not.toContain('server runs')
})

test('an older Node is told which one is needed, before anything else happens', async () => {
  await using project = await scratchProject()
  await project.write('package.json', JSON.stringify({ engines: { node: '>=99.5' } }))
  await project.npx('echo installed')
  const { code, output } = await project.start('start.mjs').finished
  expect(code).toBe(1)
  expect(output).toContain(`needs Node 99.5 or newer, and this is ${process.versions.node}`)
  expect(output).not.toContain('installed')
})

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s sent only to it reaches the server, and it waits for the server',
  async (signal) => {
    await using project = await scratchProject()
    await project.npx('')
    await project.server(slowToEnd)
    const started = project.start('start.mjs')
    await started.printed('server runs')
    started.child.kill(signal)
    const { code, output } = await started.finished
    expect(output).toContain(`heard ${signal}`)
    expect(output).toContain('server ended in order')
    expect(code).toBe(0)
  },
)

test('Ctrl-C, which a terminal sends to all of them, and again and again, leaves nothing behind', async () => {
  await using project = await scratchProject()
  await project.npx('')
  await project.server(slowToEnd)
  const started = project.start('start.mjs')
  await started.printed('server runs')
  for (let times = 0; times < 3; times++) {
    process.kill(-(started.child.pid as number), 'SIGINT')
    await sleep(50)
  }
  const { code, output } = await started.finished
  expect(output).toContain('server ended in order')
  expect(code).toBe(0)
  expect(() => process.kill(-(started.child.pid as number), 0)).toThrow('ESRCH')
})

test('when npm is told to stop, and its shell tells nobody, the server still ends in order', async () => {
  await using project = await scratchProject()
  await project.npx('')
  await project.server(slowToEnd)
  const started = project.startInShell('start.mjs', { npm_lifecycle_event: 'start' })
  await started.printed('server runs')
  started.child.kill('SIGTERM')
  const { output } = await started.finished
  expect(output).toContain('server ended in order')
})

test('a server that a signal kills shows in the exit code', async () => {
  await using project = await scratchProject()
  await project.npx('')
  await project.server("process.kill(process.pid, 'SIGKILL')")
  expect((await project.start('start.mjs').finished).code).toBe(137)
})

test('a signal while it installs ends it, and the server does not start', async () => {
  await using project = await scratchProject()
  await project.npx('exec sleep 600')
  await project.server("console.log('server runs')")
  const started = project.start('start.mjs')
  await started.printed('Installing')
  started.child.kill('SIGTERM')
  const { code, output } = await started.finished
  expect(code).toBe(143)
  expect(output).not.toContain('server runs')
  expect(() => process.kill(-(started.child.pid as number), 0)).toThrow('ESRCH')
})
