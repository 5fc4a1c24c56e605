import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { findBinaries } from './binaries.ts'

const nobody = { uid: 65534, gid: 65534 }

test('the programs of the npm package are used where they are', async () => {
  const { postgres } = await findBinaries({})
  expect(postgres).toContain('node_modules')
  const { stdout } = await promisify(execFile)(postgres, ['--version'])
  expect(stdout).toMatch(/PostgreSQL\) 18\./)
})

if (process.getuid?.() === 0) {
  test('from a closed folder they are copied to where the account of the server can run them', async () => {
    const installed = resolve((await findBinaries({})).postgres, '../../..')
    const closed = await mkdtemp(join(tmpdir(), 'binaries-'))
    await symlink(installed, join(closed, 'package-in-test'))
    const copies = await Promise.all([
      findBinaries(nobody, join(closed, 'package-in-test')),
      findBinaries(nobody, join(closed, 'package-in-test')),
    ])
    const [{ postgres }] = copies
    const copy = dirname(dirname(postgres))
    expect(copies[1].postgres).toBe(postgres)
    expect(copy).toMatch(/^\/var\/lib\/stockbook\/binaries\/package-in-test-18/)
    const { stdout } = await promisify(execFile)(postgres, ['--version'], { ...nobody, cwd: '/' })
    expect(stdout).toMatch(/PostgreSQL\) 18\./)
    expect(
      (await readdir(dirname(copy))).filter(
        (name) => name.includes('test-18') && name.includes('new'),
      ),
    ).toEqual([])
    await rm(copy, { recursive: true })
    await rm(closed, { recursive: true })
  })
}
