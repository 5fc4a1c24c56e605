import pg from 'pg'
import type { Db } from './createDb.ts'

export type Listening = {
  /** Closes the connection. Nothing is told any more. */
  stop(): Promise<void>
}

const longestPauseMs = 5_000

/**
 * Hears the notifications of a channel over a connection of its own, which no pool may hand to
 * anybody else, and connects anew when it breaks. What was notified meanwhile is lost: `onWake` is
 * therefore called after every connecting too, and whoever listens looks for itself what is new.
 */
export function listenTo(db: Db, channel: string, onWake: () => void): Listening {
  let stopped = false
  let client: pg.Client | undefined
  let pause: NodeJS.Timeout | undefined
  let failures = 0

  async function connect(): Promise<void> {
    const { connectionString } = db.$client.options
    const connecting = new pg.Client({
      connectionString,
      application_name: 'stockbook listener',
      keepAlive: true,
      connectionTimeoutMillis: longestPauseMs,
    })
    client = connecting
    connecting.on('notification', onWake)
    connecting.on('error', () => {})
    connecting.once('end', () => again())
    try {
      await connecting.connect()
      await connecting.query(`listen ${pg.escapeIdentifier(channel)}`)
      failures = 0
      onWake()
    } catch {
      // A client that never connected does not always say that it has ended.
      connecting.removeAllListeners('end')
      connecting.end().catch(() => {})
      again()
    }
  }

  function again(): void {
    if (stopped) return
    failures += 1
    pause = setTimeout(() => void connect(), Math.min(100 * 2 ** failures, longestPauseMs))
  }

  void connect()
  return {
    async stop() {
      stopped = true
      clearTimeout(pause)
      await client?.end().catch(() => {})
    },
  }
}
