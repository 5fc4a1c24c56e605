import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createDb } from '@stockbook/db'
import { migrate } from '@stockbook/db/migrate'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { verifyStock } from '../../../apps/server/src/features/stock/verify.ts'
import { commandColumns, commandRows, movementColumns, movementRows } from './book.ts'
import { masterData, type Rows } from './masterData.ts'
import { planOf, type Size } from './plan.ts'

/**
 * Fills a database with a book of this size, in one transaction, and proves it as a server would.
 * Triggers, keys and indexes rest while the rows come in; the audit log stays empty.
 * @param url for the owner of the tables; they are made when they are not there
 * @param log called with each step
 * @throws when there are movements already, or when the book that came out is not sound
 */
export async function generateBook(
  url: string,
  size: Size,
  log: (line: string) => void,
): Promise<void> {
  await migrate(url)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query('select exists (select from stock_movements) as is_used')
    if (rows[0].is_used) throw new Error('The database holds movements already: name an empty one.')
    await client.query('begin')
    await client.query(`set local session_replication_role = replica`)
    await client.query(`set local maintenance_work_mem = '1GB'`)
    await client.query(`set local work_mem = '512MB'`)
    await client.query(`set local synchronous_commit = off`)
    await load(client, size, log)
    await client.query('commit')
    log('analysing')
    await client.query('vacuum (analyze)')
  } finally {
    await client.end()
  }
  log('proving the book')
  await prove(url)
}

async function load(client: pg.Client, size: Size, log: (line: string) => void): Promise<void> {
  const plan = planOf(size)
  const now = new Date()
  const tables: Rows[] = [
    ...masterData(plan, now),
    { table: 'commands', columns: commandColumns, lines: commandRows(plan, now) },
    { table: 'stock_movements', columns: movementColumns, lines: movementRows(plan, now) },
  ]
  for (const { table, columns, lines } of tables) {
    const indexes = await dropIndexes(client, table)
    log(`copying ${table}`)
    await pipeline(
      Readable.from(chunksOf(lines)),
      client.query(copyFrom(`copy ${table} (${columns}) from stdin`)),
    )
    if (indexes.length > 0) log(`indexing ${table}`)
    for (const statement of indexes) await client.query(statement)
    await client.query(`analyze ${table}`)
  }
  // Ids that were written by hand do not move the sequence.
  await client.query(
    `select setval(pg_get_serial_sequence('stock_movements', 'id'), (select max(id) from stock_movements))`,
  )
  log('summing up levels and periods')
  for (const statement of sums) await client.query(statement)
}

/** All but those of keys; gives the statements that make them again. */
async function dropIndexes(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index where indrelid = $1::regclass
       and not exists (select from pg_constraint where conindid = indexrelid)`,
    [table],
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map(({ definition }) => definition)
}

function* chunksOf(lines: Iterable<string>): Generator<string> {
  let chunk = ''
  for (const line of lines) {
    chunk += line
    if (chunk.length < 65_536) continue
    yield chunk
    chunk = ''
  }
  if (chunk) yield chunk
}

const sides = `
  select product_id, to_location_id as location_id, lot_id, quantity, occurred_at, recorded_at
    from stock_movements where to_location_id is not null
  union all
  select product_id, from_location_id, lot_id, -quantity, occurred_at, recorded_at
    from stock_movements where from_location_id is not null`

const sums = [
  // Made again at the end: row by row, in the order of days, it would take longer than all the rest.
  `alter table stock_period_sums drop constraint stock_period_sums_pkey`,
  `insert into stock_levels (product_id, location_id, lot_id, on_hand, last_occurred_at)
     select product_id, location_id, lot_id, sum(quantity), max(occurred_at) from (${sides}) as side
     group by product_id, location_id, lot_id order by product_id, location_id, lot_id`,
  `analyze stock_levels`,
  `insert into stock_period_sums (level_id, period, occurred_on, recorded_on, change)
     select l.id, 'day'::stock_period, occurred_on, recorded_on, change
     from (
       select product_id, location_id, lot_id, (occurred_at at time zone 'UTC')::date as occurred_on,
         (recorded_at at time zone 'UTC')::date as recorded_on, sum(quantity) as change
       from (${sides}) as side group by 1, 2, 3, 4, 5
     ) as day
     join stock_levels l on l.product_id = day.product_id and l.location_id = day.location_id
       and l.lot_id is not distinct from day.lot_id
     order by occurred_on`,
  `insert into stock_period_sums (level_id, period, occurred_on, recorded_on, change)
     select level_id, 'month'::stock_period, date_trunc('month', occurred_on::timestamp)::date,
       date_trunc('month', recorded_on::timestamp)::date, sum(change)
     from stock_period_sums group by 1, 2, 3, 4 having sum(change) <> 0 order by 3`,
  `alter table stock_period_sums add constraint stock_period_sums_pkey
     primary key (level_id, period, occurred_on, recorded_on)`,
]

async function prove(url: string): Promise<void> {
  const db = createDb({ url })
  try {
    const { ok, faults } = await verifyStock(db)
    if (!ok)
      throw new Error(`The generated book is not sound: ${JSON.stringify(faults.slice(0, 3))}`)
  } finally {
    await db.$client.end()
  }
}
