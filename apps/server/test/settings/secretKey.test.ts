import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readOrMakeSecretKey } from '../../src/secretKey.ts'

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stockbook-secret-'))
  file = join(folder, 'secret-key')
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

test('of twenty starts at once all get the same key, readable by its owner only, and nothing else is left', async () => {
  const keys = await Promise.all(Array.from({ length: 20 }, () => readOrMakeSecretKey(folder)))
  expect(new Set(keys).size).toBe(1)
  expect(keys[0]?.length).toBeGreaterThanOrEqual(64)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readdir(folder)).toEqual(['secret-key'])
  expect(await readOrMakeSecretKey(folder)).toBe(keys[0])
})

test('two installations have two keys', async () => {
  const other = join(folder, 'other')
  expect(await readOrMakeSecretKey(other)).not.toBe(await readOrMakeSecretKey(folder))
})

test.each(['', 'short'])(
  'a file that holds "%s" is refused by name, and not overwritten',
  async (text) => {
    await writeFile(file, text)
    await expect(readOrMakeSecretKey(folder)).rejects.toThrow(file)
    expect((await stat(file)).size).toBe(text.length)
  },
)

test('a file that cannot be read is refused, and no other key is made', async () => {
  await rm(folder, { recursive: true })
  await writeFile(folder, 'a file where the folder should be')
  await expect(readOrMakeSecretKey(folder)).rejects.toThrow('ENOTDIR')
})
