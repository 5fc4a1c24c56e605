import { createDb } from '@stockbook/db'
import { sql } from 'drizzle-orm'

/** Writes movements as a transaction of its own, which a test ends when it likes. */
export async function openWriter(databaseUrl: string, productId: string, toLocationId: string) {
  const db = createDb({ url: databaseUrl, maxConnections: 1 })
  const commandId = crypto.randomUUID()
  await db.execute(sql`begin`)
  await db.execute(sql`
    insert into commands (id, kind, content_hash, actor_id, outcome, occurred_at)
    select ${commandId}, 'post', 'hash', id, 'posted', now() from users where username = 'olga'`)
  let line = 0
  return {
    /** Writes a movement that nobody else can see yet. */
    async write(quantity: number) {
      await db.execute(sql`
        insert into stock_movements
          (command_id, line, type, product_id, to_location_id, quantity, occurred_at)
        select ${commandId}, ${line++}, 'incoming', ${productId}, ${toLocationId}, ${quantity},
          occurred_at from commands where id = ${commandId}`)
    },
    /** Takes a position that is written to later. */
    async takePosition() {
      const { rows } = await db.execute<{ id: string }>(
        sql`select nextval(pg_get_serial_sequence('stock_movements', 'id')) as id`,
      )
      return Number(rows[0]!.id)
    },
    async writeAt(id: number, quantity: number) {
      await db.execute(sql`
        insert into stock_movements
          (id, command_id, line, type, product_id, to_location_id, quantity, occurred_at)
        overriding system value
        select ${id}, ${commandId}, ${line++}, 'incoming', ${productId}, ${toLocationId},
          ${quantity}, occurred_at from commands where id = ${commandId}`)
    },
    async end(how: 'commit' | 'rollback') {
      await db.execute(sql.raw(how))
      await db.$client.end()
    },
  }
}
