import type { Services } from '../context.ts'

/** Lets the metrics tell how the parts of the server are at the moment. */
export function watchServices({ metrics, db, book, live }: Services): void {
  const { $client: pool } = db
  metrics.gauge('stockbook_posting_waiting', 'Commands that wait to be posted.', book.waiting)
  metrics.gauge(
    'stockbook_subscriptions_open',
    'Subscriptions that are being told what is new.',
    live.slots.open,
  )
  metrics.gauge(
    'stockbook_database_connections_used',
    'Connections to the database that are at work.',
    () => pool.totalCount - pool.idleCount,
  )
  metrics.gauge(
    'stockbook_database_connections_idle',
    'Connections to the database that are open and free.',
    () => pool.idleCount,
  )
  metrics.gauge(
    'stockbook_database_waiting',
    'Pieces of work that wait for a connection to the database.',
    () => pool.waitingCount,
  )
}
