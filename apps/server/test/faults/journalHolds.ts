import { isStockbookError, type StockbookClient } from '@stockbook/client'
import { commands, stockMovements } from '@stockbook/db'
import { asc, inArray, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { databaseContents } from '../../src/testing/databaseContents.ts'
import { expectSoundBook } from '../../src/testing/soundBook.ts'
import type { TestServer } from '../../src/testing/testServer.ts'
import type { Journal, Outcome, Recorded } from './journal.ts'
import type { Target } from './writers.ts'

/**
 * The book has what the journal says, and nothing else. Every command of which nobody knows what became
 * is sent once more first, under its id.
 * @param before the ids of the commands that were there before the first of the journal
 */
export async function expectJournalHolds(
  server: TestServer,
  journal: Journal,
  { client, url }: Target,
  before: ReadonlySet<string>,
): Promise<Recorded[]> {
  const unknown = (await journal.read()).filter(({ outcomes }) => outcomes.length === 0)
  for (const { command } of unknown) await journal.send(client, url, command)
  const all = await journal.read()
  expect(all.filter(({ outcomes }) => outcomes.length === 0)).toEqual([])
  // Whoever asked again was told the same.
  for (const { outcomes } of all) expect(new Set(outcomes.map(textOf)).size).toBe(1)

  await expectEachOnce(server, all, before)
  await expectNeverBelowZero(server)
  await expectTransfersToMoveOnly(server)
  await expectSoundBook(server)
  expect(await server.admin.audit.verify.query()).toMatchObject({ ok: true, firstFault: null })

  const rows = await bookContents(server)
  await eachOf(all, async ({ command, outcomes }) => {
    expect(await outcomeOf(client.movements.post.mutate(command))).toEqual(outcomes[0])
    const other = { ...command, note: 'something else' }
    expect(await outcomeOf(client.movements.post.mutate(other))).toMatchObject({
      is: 'refused',
      code: 'COMMAND_ID_REUSED',
    })
  })
  expect(await bookContents(server)).toEqual(rows)
  return all
}

const atOnce = 10

async function eachOf<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all]
  const next = async () => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) await work(one)
  }
  await Promise.all(Array.from({ length: atOnce }, next))
}

const textOf = (outcome: Outcome) => JSON.stringify(outcome)

async function outcomeOf(
  answering: ReturnType<StockbookClient['movements']['post']['mutate']>,
): Promise<Outcome> {
  try {
    const answer = await answering
    expect(answer.replayed).toBe(true)
    return { is: 'posted', answer: { ...answer, replayed: false } }
  } catch (error) {
    if (!isStockbookError(error)) throw error
    const { replayed: _, ...detail } = error.detail
    return { is: 'refused', code: error.code, detail }
  }
}

/** What was posted is there once, line by line; what was refused left no movement; nobody else wrote. */
async function expectEachOnce(
  { db }: TestServer,
  all: readonly Recorded[],
  before: ReadonlySet<string>,
): Promise<void> {
  const rows = await db.select({ id: commands.id, outcome: commands.outcome }).from(commands)
  const written = rows.filter(({ id }) => !before.has(id))
  const told = all.map(({ command, outcomes }) => ({
    id: command.commandId,
    outcome: outcomes[0]!.is,
  }))
  const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1)
  expect(written.toSorted(byId)).toEqual(told.toSorted(byId))

  const book = stockMovements
  const movements = await db
    .select({
      id: book.id,
      type: book.type,
      productId: book.productId,
      lotId: book.lotId,
      fromLocationId: book.fromLocationId,
      toLocationId: book.toLocationId,
      quantity: book.quantity,
      reversesId: book.reversesId,
      reservationId: book.reservationId,
      compensatesId: book.compensatesId,
    })
    .from(book)
    .where(
      inArray(
        book.commandId,
        written.map((row) => row.id),
      ),
    )
    .orderBy(asc(book.id))
  const answered = all.flatMap(({ outcomes: [outcome] }) =>
    outcome?.is === 'posted' ? outcome.answer.movements : [],
  )
  expect(movements).toEqual(answered.toSorted((one, other) => one.id - other.id))
}

/** No stock level was below zero after any command, in the order of the book. */
async function expectNeverBelowZero({ db }: TestServer): Promise<void> {
  const { rows } = await db.execute<object>(sql`
    select * from (
      select command_id, product_id, location_id, sum(sum(change)) over
        (partition by product_id, location_id, lot_id order by min(id)) as level
      from (
        select id, command_id, product_id, lot_id, to_location_id as location_id, quantity as change
        from stock_movements
        union all
        select id, command_id, product_id, lot_id, from_location_id, -quantity from stock_movements
      ) as sides
      where location_id is not null
      group by command_id, product_id, location_id, lot_id
    ) as levels
    where level < 0`)
  expect(rows).toEqual([])
}

/** What is on hand in all places together came from outside, whatever was carried between them. */
async function expectTransfersToMoveOnly({ db }: TestServer): Promise<void> {
  const { rows } = await db.execute<object>(sql`
    select product_id from (
      select product_id, on_hand as quantity from stock_levels
      union all
      select product_id, case when to_location_id is null then quantity else -quantity end
      from stock_movements where to_location_id is null or from_location_id is null
    ) as everything
    group by product_id having sum(quantity) <> 0`)
  expect(rows).toEqual([])
}

/** Of the tables that a command writes. The audit log is linked by the servers, in their own time. */
async function bookContents({ db }: TestServer) {
  const contents = await databaseContents(db)
  const {
    commands: written,
    stock_movements: movements,
    stock_levels: levels,
    audit_log: log,
  } = contents
  return { written, movements, levels, log }
}
