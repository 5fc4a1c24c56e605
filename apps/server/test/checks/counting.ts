import { listAll, type StockbookClient } from '@stockbook/client'
import { stockMovements } from '@stockbook/db'
import { asc, eq } from 'drizzle-orm'
import type { TestServer } from '../../src/testing/testServer.ts'

type Admin = StockbookClient<'admin'>
type Operator = StockbookClient<'operator'>
type OpenInput = Parameters<Admin['checks']['open']['mutate']>[0]

/** A check over everything, or what else is asked for; who counts sees the figures. */
export function openCheck({ admin }: Pick<TestServer, 'admin'>, fields: Partial<OpenInput> = {}) {
  return admin.checks.open.mutate({ title: 'A check', scope: {}, isBlind: false, ...fields })
}

/** All lines of a check, in walking order. */
export async function linesOf(client: Operator, checkId: string) {
  const lines: Awaited<ReturnType<typeof lineOf>>[] = []
  for await (const line of listAll(client.checks.lines, { checkId })) lines.push(line)
  return lines
}

/** The line of a product, in a check that has one of it. */
export async function lineOf(client: Operator, checkId: string, productId: string) {
  const { items } = await client.checks.lines.query({ checkId, productId })
  if (items.length !== 1) throw new Error(`${items.length} lines of the product`)
  return items[0]!
}

/** Counts the one line of a product. */
export async function count(
  client: Operator,
  checkId: string,
  productId: string,
  quantity: number,
  countedAt?: Date,
) {
  const { id: lineId } = await lineOf(client, checkId, productId)
  return client.checks.count.mutate({ lineId, quantity, ...(countedAt && { countedAt }) })
}

/** Ends the counting and approves what came of it. */
export async function submitAndApprove({ admin, operator }: TestServer, id: string) {
  await operator.checks.submit.mutate({ id })
  return admin.checks.approve.mutate({ id })
}

/** The adjustments that a check has posted, in the order of the book. */
export async function adjustmentsOf({ admin, db }: TestServer, checkId: string) {
  const { commandId } = await admin.checks.get.query({ id: checkId })
  if (!commandId) throw new Error('The check is not posted')
  return db
    .select()
    .from(stockMovements)
    .where(eq(stockMovements.commandId, commandId))
    .orderBy(asc(stockMovements.id))
}

/** Base units that a movement brought to, or took from, its place. */
export const changeOf = (movement: { quantity: number; toLocationId: string | null }) =>
  movement.toLocationId === null ? -movement.quantity : movement.quantity
