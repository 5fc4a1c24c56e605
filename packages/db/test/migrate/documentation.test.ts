import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { exitCodes } from '../../src/cli/exitCodes.ts'

const page = await readFile(new URL('../../../../docs/migrations.md', import.meta.url), 'utf8')
const { scripts } = JSON.parse(
  await readFile(new URL('../../../../package.json', import.meta.url), 'utf8'),
)

test('the page lists each exit code once, and no other', () => {
  const table = page.slice(page.indexOf('## Exit codes'))
  const listed = [...table.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code))
  expect(listed).toEqual(Object.values(exitCodes).sort((one, other) => one - other))
})

test('the page names every command, and every command that it names exists', () => {
  const named = new Set([...page.matchAll(/\bdb:[a-z]+/g)].map(([command]) => command))
  const existing = Object.keys(scripts).filter((script) => script.startsWith('db:'))
  expect([...named].sort()).toEqual(existing.sort())
})
