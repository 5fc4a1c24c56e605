import { createDb } from '@stockbook/db'
import { contract } from '@stockbook/client/contract'
import { createBook } from '@stockbook/server/book'
import { type Load, type Posted, postFrom } from './commands.ts'
import { operatorId } from './warehouse.ts'

const actor = {
  id: operatorId,
  username: 'posting',
  role: 'operator',
  warehouseIds: null,
  sessionId: null,
  apiKeyId: null,
  mustChangePassword: false,
  procedure: 'movements.post',
} as const

/** The server's book in this process: `movements.post` from the checked input on, without HTTP. */
export function openInside(databaseUrl: string) {
  const db = createDb({ url: databaseUrl })
  const book = createBook(db)
  return {
    post: (load: Load): Promise<Posted> =>
      postFrom(
        Array.from(
          { length: load.callers },
          () => (command) => book.post(actor, contract.movements.post.input.parse(command)),
        ),
        load,
      ),
    async close() {
      await book.stop()
      await db.$client.end()
    },
  }
}
