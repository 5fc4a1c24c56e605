import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createTestDatabase } from '@stockbook/db/testing'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** Starts the server as its own process. What the settings leave out is empty, whatever `.env` says. */
function serve(settings: Record<string, string>) {
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', main, 'serve'], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      HTTPS: 'false',
      SECRET_KEY: '',
      DEBUG: '',
      CORS_ORIGINS: '',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return {
    child,
    ended: once(child, 'close'),
    stdout: text(child.stdout),
    stderr: text(child.stderr),
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

test('a production start with bad settings tells all of them and ends, with no port opened and nothing written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stockbook-start-'))
  const PORT = await freePort()
  const secret = 'changethis-canary'
  const { child, ended, stdout, stderr } = serve({
    PORT: String(PORT),
    SECRET_KEY: secret,
    DEBUG: 'true',
    CORS_ORIGINS: '*',
    STOCKBOOK_FOLDER: folder,
  })
  let opened = false
  while (child.exitCode === null) opened ||= await answers(PORT)
  const [exitCode] = await ended
  expect(exitCode).toBe(1)
  expect(opened).toBe(false)
  const said = (await stdout) + (await stderr)
  for (const name of ['SECRET_KEY', 'DEBUG', 'CORS_ORIGINS']) expect(said).toContain(`- ${name}:`)
  expect(said).not.toContain(secret)
  expect(await readdir(folder)).toEqual([])
  await rm(folder, { recursive: true })
})

test('a production start with good settings answers, and ends in order when told to', async () => {
  await using database = await createTestDatabase()
  const port = await freePort()
  const { child, ended, stdout, stderr } = serve({
    PORT: String(port),
    SECRET_KEY: 'R0g4UIfKqmTNTh3AXXWV8b4ElZqZ4TCdqn2mHOvS',
    DATABASE_URL: database.url,
  })
  while (child.exitCode === null && !(await answers(port)));
  const ready = await fetch(`http://127.0.0.1:${port}/readyz`)
  expect(await ready.json()).toEqual({ status: 'ready' })
  expect(ready.headers.get('strict-transport-security')).toMatch(/max-age=31536000/)
  child.kill('SIGTERM')
  const [exitCode] = await ended
  expect({ exitCode, stderr: await stderr }).toEqual({ exitCode: 0, stderr: '' })
  const lines = (await stdout)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { msg: string })
  expect(lines.map(({ msg }) => msg)).toContain('the server stops')
  expect(await answers(port)).toBe(false)
})
