import pg from 'pg'
import { createTestDatabase } from '@stockbook/db/testing'

/** What PostgreSQL says of a statement that it refused. */
export type Refusal = { state: string | undefined; constraint: string | undefined; facts: unknown }

export type BookDatabase = Awaited<ReturnType<typeof openBook>>

/** A book with a little in it, and a direct client that owns every table. */
export async function openBook() {
  const database = await createTestDatabase()
  const client = await connect(database.url)
  const scalar = async (statement: string, values: unknown[] = []) =>
    String(Object.values((await client.query(statement, values)).rows[0] ?? {})[0])
  const location = (kind: string, code: string, parentId: string | null) =>
    scalar(
      'insert into locations (kind, code, name, parent_id) values ($1, $2, $2, $3) returning id',
      [kind, code, parentId],
    )
  const product = (sku: string, tracking: string) =>
    scalar(
      "insert into products (sku, name, base_unit, tracking) values ($1, $1, 'piece', $2) returning id",
      [sku, tracking],
    )
  const lot = (productId: string, code: string) =>
    scalar('insert into lots (product_id, code) values ($1, $2) returning id', [productId, code])
  const packaging = (productId: string) =>
    scalar(
      "insert into packagings (product_id, name, factor) values ($1, 'case', 12) returning id",
      [productId],
    )

  const actorId = await scalar(
    "insert into users (username, display_name, role, password_hash) values ('olga', 'Olga', 'operator', 'x') returning id",
  )
  const warehouse = await location('warehouse', 'WH', null)
  const zone = await location('zone', 'ZONE', warehouse)
  const bin = await location('bin', 'BIN-1', zone)
  const otherBin = await location('bin', 'BIN-2', zone)
  const plain = await product('PLAIN', 'none')
  const tracked = await product('TRACKED', 'lot')
  const otherTracked = await product('OTHER', 'lot')

  return {
    url: database.url,
    client,
    warehouse,
    zone,
    bin,
    otherBin,
    plain,
    tracked,
    trackedLot: await lot(tracked, 'L-1'),
    otherLot: await lot(otherTracked, 'L-1'),
    plainPackaging: await packaging(plain),
    otherPackaging: await packaging(otherTracked),
    actorId,
    /** Writes a command row; gives its id. */
    command: () => insertCommand(client, actorId),
    async [Symbol.asyncDispose]() {
      await client.end()
      await database[Symbol.asyncDispose]()
    },
  }
}

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

async function insertCommand(client: pg.Client, actorId: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `insert into commands (id, kind, content_hash, actor_id, outcome, occurred_at)
     values (gen_random_uuid(), 'post', 'hash', $1, 'posted', now()) returning id`,
    [actorId],
  )
  return rows[0]!.id
}

export type MovementRow = {
  type: 'incoming' | 'outgoing' | 'transfer' | 'adjustment'
  product_id: string
  quantity: number
  from_location_id?: string
  to_location_id?: string
  lot_id?: string
  packaging_id?: string
  packaging_quantity?: string
  reason?: string
  reverses_id?: number
  occurred_at?: Date
}

/** Inserts movements in one statement, under a command of their own; gives their ids. */
export async function insertMovements(
  { client, actorId }: { client: pg.Client; actorId: string },
  ...rows: MovementRow[]
): Promise<number[]> {
  const commandId = await insertCommand(client, actorId)
  const full = rows.map((row, line) => ({
    command_id: commandId,
    line,
    ...row,
    occurred_at: row.occurred_at ?? new Date(),
  }))
  const { rows: written } = await client.query<{ id: string }>(
    `insert into stock_movements (command_id, line, type, product_id, lot_id, from_location_id,
       to_location_id, quantity, packaging_id, packaging_quantity, reason, reverses_id, occurred_at)
     select command_id, line, type, product_id, lot_id, from_location_id, to_location_id, quantity,
       packaging_id, packaging_quantity, reason, reverses_id, occurred_at
     from jsonb_populate_recordset(null::stock_movements, $1) returning id`,
    [JSON.stringify(full)],
  )
  return written.map(({ id }) => Number(id))
}

/** How PostgreSQL refuses a piece of work. Null when it does not. */
export async function refusalOf(work: Promise<unknown>): Promise<Refusal | null> {
  try {
    await work
    return null
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    return {
      state: error.code,
      constraint: error.constraint,
      facts: error.code === 'SB001' ? JSON.parse(error.detail ?? 'null') : null,
    }
  }
}

/** All rows of the book's tables, as text: equal exactly when nothing changed. */
export async function bookRows(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(`
    select 'movement ' || m::text as line from stock_movements m
    union all select 'level ' || l::text from stock_levels l
    union all select 'location ' || o::text from locations o
    union all select 'category ' || c::text from categories c
    union all select 'product ' || p::text from products p
    order by line`)
  return rows.map(({ line }) => line)
}
