import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createDb, type Db } from './createDb.ts'
import { databaseError } from './faults.ts'
import { preparedStatement } from './preparedStatement.ts'
import { createTestDatabase } from './testing/index.ts'
import { inTransaction } from './transaction.ts'

const insert = preparedStatement(
  'insert',
  'insert into notes (text, length) values ($1, 1 / $2::int)',
)
const failOfDeadlock = preparedStatement('fail_of_deadlock', 'select fail_of_deadlock()')

/** A database with one connection and a table: what one transaction leaves behind, the next one meets. */
async function notesDatabase() {
  const database = await createTestDatabase({ empty: true })
  const db = createDb({ url: database.url, maxConnections: 1 })
  await db.execute(sql`create table notes (text text, length int)`)
  await db.execute(sql`create function fail_of_deadlock() returns void language plpgsql as
    $$ begin raise deadlock_detected; end $$`)
  return {
    db,
    async [Symbol.asyncDispose]() {
      await db.$client.end()
      await database[Symbol.asyncDispose]()
    },
  }
}

async function notes(db: Db): Promise<unknown[]> {
  const { rows } = await db.execute<{ text: string }>(sql`select text from notes order by text`)
  return rows.map(({ text }) => text)
}

/** The SQLSTATE that a promise fails with. */
const stateOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'fulfilled',
    (error: unknown) => databaseError(error)?.code ?? error,
  )

test('what is sent with the commit is kept with all before it', async () => {
  await using own = await notesDatabase()
  await inTransaction(own.db, async (tx, commitWith) => {
    await insert(tx, 'one', 1)
    commitWith(Promise.all([insert(tx, 'three', 1), insert(tx, 'two', 1)]))
  })
  expect(await notes(own.db)).toEqual(['one', 'three', 'two'])
})

test('a statement that fails on its way with the commit is told, and nothing of the transaction is kept', async () => {
  await using own = await notesDatabase()
  const told = inTransaction(own.db, async (tx, commitWith) => {
    await insert(tx, 'before', 1)
    commitWith(Promise.all([insert(tx, 'good', 1), insert(tx, 'bad', 0), insert(tx, 'after', 1)]))
  })
  expect(await stateOf(told)).toBe('22012')
  expect(await notes(own.db)).toEqual([])
  await inTransaction(own.db, (tx) => insert(tx, 'next', 1))
  expect(await notes(own.db)).toEqual(['next'])
})

test('a deadlock that shows with the commit is tried again, and works once', async () => {
  await using own = await notesDatabase()
  let attempts = 0
  await inTransaction(own.db, async (tx, commitWith) => {
    attempts++
    const written = [insert(tx, 'once', 1), ...(attempts === 1 ? [failOfDeadlock(tx)] : [])]
    commitWith(Promise.all(written))
  })
  expect(attempts).toBe(2)
  expect(await notes(own.db)).toEqual(['once'])
})

test('each statement that was sent after one that fails tells of that fault', async () => {
  await using own = await notesDatabase()
  const told: Promise<unknown>[] = []
  const whole = inTransaction(own.db, async (tx) => {
    told.push(insert(tx, 'bad', 0), insert(tx, 'one', 1), insert(tx, 'two', 1))
    await Promise.allSettled(told)
    return insert(tx, 'three', 1)
  })
  expect(await stateOf(whole)).toBe('22012')
  expect(await Promise.all(told.map(stateOf))).toEqual(['22012', '22012', '22012'])
  await inTransaction(own.db, async (tx) => {
    expect(await stateOf(failOfDeadlock(tx))).toBe('40P01')
    expect(await stateOf(insert(tx, 'one', 1))).toBe('40P01')
  })
  expect(await notes(own.db)).toEqual([])
})

test('in a transaction that could not begin, every statement fails until it is rolled back', async () => {
  await using own = await notesDatabase()
  const client = await own.db.$client.connect()
  const query = (text: string) => stateOf(client.query({ text }))
  const sent = [query('begin isolation level nonsense'), query('select 1')]
  expect((await Promise.all(sent))[1]).toBe('42601')
  expect(await query('select 1')).toBe('42601')
  expect(await query('rollback')).toBe('42601')
  expect(await query('select 1')).toBe('fulfilled')
  client.release()
})
