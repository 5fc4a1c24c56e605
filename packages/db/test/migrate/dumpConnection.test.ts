import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { backup } from '../../src/migrate/backup/backup.ts'
import { dump } from '../../src/migrate/backup/pgTools.ts'
import { createTestDatabase } from '../../src/testing/index.ts'
import { sql } from './workshop.ts'

const folder = await mkdtemp(join(tmpdir(), 'stockbook-pg-tools-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
afterEach(() => vi.unstubAllEnvs())

/** A pg_dump that is a shell script. */
async function playDump(script: string): Promise<string> {
  const program = join(folder, 'pg_dump')
  await writeFile(program, `#!/bin/sh\n${script}\n`)
  await chmod(program, 0o700)
  return program
}

async function tlsSettings(url: string): Promise<string[]> {
  const seen = join(folder, 'seen')
  const program = await playDump(`env | grep ^PGSSL | sort > ${seen}`)
  await dump({ dump: program, restore: 'true', psql: 'false' }, url, 'snapshot', 'file')
  return (await readFile(seen, 'utf8')).trim().split('\n')
}

test('pg_dump gets every TLS setting of the URL', async () => {
  vi.stubEnv('PGSSLMODE', undefined)
  const file = join(folder, 'a file')
  await writeFile(file, '')
  const name = encodeURIComponent(file)
  const url = `postgresql://someone@nowhere/base?sslmode=verify-full&sslrootcert=${name}&sslcert=${name}&sslkey=${name}`
  expect(await tlsSettings(url)).toEqual([
    `PGSSLCERT=${file}`,
    `PGSSLKEY=${file}`,
    'PGSSLMODE=verify-full',
    `PGSSLROOTCERT=${file}`,
  ])
})

test('what only the driver calls no-verify, pg_dump gets as require', async () => {
  const url = 'postgresql://someone@nowhere/base'
  vi.stubEnv('PGSSLMODE', undefined)
  expect(await tlsSettings(`${url}?sslmode=no-verify`)).toEqual(['PGSSLMODE=require'])
  expect(await tlsSettings(`${url}?ssl=true`)).toEqual(['PGSSLMODE=require'])
  expect(await tlsSettings(url)).toEqual([''])
  vi.stubEnv('PGSSLMODE', 'no-verify')
  expect(await tlsSettings(url)).toEqual(['PGSSLMODE=require'])
})

test('where pg_dump cannot connect, the backup is made through the driver and says so, unless pg_dump was asked for', async () => {
  await using source = await createTestDatabase()
  const [{ version }] = await sql(source.url, `select current_setting('server_version') as version`)
  await playDump(`
    if [ "$1" = --version ]; then echo "pg_dump (PostgreSQL) ${version}"; exit; fi
    echo 'pg_dump: error: connection to server at "there", port 1 failed: no certificate' >&2; exit 1`)
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`)
  const target = join(folder, 'backup')
  const notes: string[] = []
  const onNote = (line: string) => void notes.push(line)
  const refused = backup(source.url, { folder: target, method: 'pg_dump', onNote })
  await expect(refused).rejects.toMatchObject({ code: 'unreachable' })
  expect(notes).toEqual([])
  expect((await backup(source.url, { folder: target, onNote })).method).toBe('copy')
  expect(notes).toEqual([expect.stringMatching(/pg_dump cannot connect: .*no certificate/)])
  expect(await readdir(target)).not.toContain('database.dump')
})

test('a pg_dump that fails otherwise fails the backup', async () => {
  await using source = await createTestDatabase()
  const [{ version }] = await sql(source.url, `select current_setting('server_version') as version`)
  await playDump(`
    if [ "$1" = --version ]; then echo "pg_dump (PostgreSQL) ${version}"; exit; fi
    echo 'pg_dump: error: query failed: permission denied' >&2; exit 1`)
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`)
  const target = join(folder, 'failed')
  await expect(backup(source.url, { folder: target })).rejects.toMatchObject({ code: 'failed' })
  expect(await readdir(folder)).not.toContain('failed')
})
