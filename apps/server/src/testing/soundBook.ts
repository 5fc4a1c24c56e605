import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { createCommandJournal } from './commandJournal.ts'
import { databaseContents } from './databaseContents.ts'
import type { TestServer } from './testServer.ts'
import { wrongLevels } from './wrongLevels.ts'

/** Every level is the sum of its movements, as the server proves it and as a plain sum has it. */
export async function expectSoundBook({ admin, db }: TestServer): Promise<void> {
  expect(await admin.stock.verify.query()).toMatchObject({ ok: true, faults: [] })
  const { rows } = await db.execute<Record<string, unknown>>(sql.raw(wrongLevels))
  expect(rows).toEqual([])
}

/** Sending every command of the journal again gives the first answers and writes nothing. */
export async function expectReplayChangesNothing(
  { db }: TestServer,
  journal: ReturnType<typeof createCommandJournal>,
): Promise<void> {
  const before = await databaseContents(db)
  expect(await journal.replay()).toEqual(journal.outcomes())
  expect(await databaseContents(db)).toEqual(before)
}
