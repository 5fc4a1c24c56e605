import { expect, test } from 'vitest'
import { normaliseDatabaseUrl } from './databaseUrl.ts'

test.each([
  ['postgresql://u:p@db:5432/stock', 'postgresql://u:p@db:5432/stock'],
  ['postgres://u:p@db/stock', 'postgresql://u:p@db/stock'],
  ['postgresql+asyncpg://u:p%40@db/stock', 'postgresql://u:p%40@db/stock'],
  ['postgresql+psycopg://u@db/stock?sslmode=disable', 'postgresql://u@db/stock?sslmode=disable'],
  ['  POSTGRESQL://u@db/stock\n', 'postgresql://u@db/stock'],
  ['postgresql://u:p@/stock?host=/run/postgresql', 'postgresql://u:p@/stock?host=/run/postgresql'],
])('takes %j', (text, url) => {
  expect(normaliseDatabaseUrl(text)).toBe(url)
})

test("asyncpg's ssl becomes sslmode, and only asyncpg's", () => {
  const rest = 'u:p@db/stock?application_name=x&ssl=require'
  expect(normaliseDatabaseUrl(`postgresql+asyncpg://${rest}`)).toBe(
    'postgresql://u:p@db/stock?application_name=x&sslmode=require',
  )
  expect(normaliseDatabaseUrl('postgresql://u:p@db/stock?ssl=0')).toContain('?ssl=0')
})

test.each([
  ['mysql://root:hunter2@db/stock', 'mysql://'],
  ['sqlite+aiosqlite:///hunter2.db', 'sqlite+aiosqlite://'],
  ['root:hunter2@db/stock', 'no scheme'],
  ['postgresql://root:hunter2/@#@db/stock:x', 'percent-encoded'],
])('refuses %j, says why, and never shows the password', (text, reason) => {
  const refusal = (() => {
    try {
      normaliseDatabaseUrl(text)
    } catch (error) {
      return String((error as Error).stack) + JSON.stringify(error)
    }
    return null
  })()
  expect(refusal).toContain('DATABASE_URL')
  expect(refusal).toContain(reason)
  expect(refusal).not.toContain('hunter2')
})
