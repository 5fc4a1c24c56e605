import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const log = fileURLToPath(new URL('../../src/http/log.ts', import.meta.url))

/** What a process has logged once it is gone. */
async function logged(program: string): Promise<string[]> {
  const script = `import { createLog } from ${JSON.stringify(log)}\nconst log = createLog()\n${program}`
  const args = ['--conditions=source', '--import', 'tsx', '--input-type=module', '--eval', script]
  const run = promisify(execFile)(process.execPath, args, { maxBuffer: 10 ** 7 })
  const { stdout } = await run.catch((error: { stdout: string }) => error)
  const lines = stdout.trimEnd().split('\n')
  return lines.map((line) => (JSON.parse(line) as { msg: string }).msg)
}

test('what was logged is told in its order, to the last line before the process ends', async () => {
  expect(
    await logged(`
      log.info('one')
      log.info('two')
      setImmediate(() => {
        log.info('three')
        log.info('four')
        process.exit()
      })`),
  ).toEqual(['one', 'two', 'three', 'four'])
})

test('what was being written when the process ended is told whole, once and in its order', async () => {
  // More than a pipe holds: the writing lasts until it is read.
  const long = 'long '.repeat(200_000)
  expect(
    await logged(`
      log.info('long '.repeat(200_000))
      setImmediate(() => {
        log.info('last')
        process.exit()
      })`),
  ).toEqual([long, 'last'])
})

test('what was logged before a fault that ends the process is told', async () => {
  expect(await logged(`log.info('before'); throw new Error('of no meaning')`)).toEqual(['before'])
})
