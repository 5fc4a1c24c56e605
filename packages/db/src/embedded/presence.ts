import { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

const presenceName = 'stockbook presence'

/** One process's sign on the server that it uses it. The system takes the sign away when the process dies. */
export type Presence = {
  /** How many others have their sign on the server. */
  countOthers(): Promise<number>
  end(): Promise<void>
}

/** Connects, and connects again when the server had to restart itself, until `end` is called. */
export async function announcePresence(url: string): Promise<Presence> {
  let ended = false
  let { client, socket } = await connect()

  async function connect() {
    const socket = new Socket()
    const client = new pg.Client({
      stream: () => socket,
      connectionString: url,
      application_name: presenceName,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    })
    client.on('error', () => {}) // 'end' follows
    await client.connect()
    client.on('end', () => void reconnect())
    socket.unref() // the sign alone does not keep a process running
    return { client, socket }
  }

  async function reconnect(): Promise<void> {
    while (!ended) {
      await sleep(500, undefined, { ref: false })
      const fresh = await connect().catch(() => null)
      if (!fresh) continue
      if (ended) return fresh.client.end()
      client = fresh.client
      socket = fresh.socket
      return
    }
  }

  return {
    async countOthers() {
      socket.ref()
      try {
        const { rows } = await client.query(
          'select count(*)::int as others from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()',
          [presenceName],
        )
        return rows[0].others
      } finally {
        socket.unref()
      }
    },
    async end() {
      ended = true
      socket.ref()
      await client.end().catch(() => {})
    },
  }
}
