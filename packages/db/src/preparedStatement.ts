import type { Connection } from './transaction.ts'

/**
 * A statement that each connection parses once, and after a few runs also plans once. Statements that
 * are sent in one go, without waiting for the first before the second, travel together and are carried
 * out in their order.
 * @param name of this statement and of no other
 */
export function preparedStatement<Row>(name: string, text: string) {
  return (connection: Connection, ...values: readonly unknown[]): Promise<Row[]> =>
    connection._.session
      .prepareQuery<{ execute: Row[] }>({ sql: text, params: [...values] }, 'objects', name)
      .execute()
}
