import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase } from '@stockbook/db/testing'
import { expect, test } from 'vitest'
import { answers, freePort, serve } from '../../src/testing/serverProcess.ts'

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
