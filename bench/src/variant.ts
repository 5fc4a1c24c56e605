import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createStockbookClient, type StockbookClient } from '@stockbook/client'

const server = fileURLToPath(new URL('../../apps/server/dist/cli/main.js', import.meta.url))
const password = 'known to these measurements'

export type Variant = {
  name: string
  url: string
  /** Of the server's process. */
  pid: number
  admin: StockbookClient<'admin'>
  /** An access token of the same user, for calls without the client. */
  token: string
  stop(): Promise<void>
}

/**
 * A server process of its own, on a database of its own.
 * @param nodeOptions what Node is started with, for a variant that leaves something out
 */
export async function startVariant(
  name: string,
  databaseUrl: string,
  nodeOptions: readonly string[] = [],
): Promise<Variant> {
  const { DATABASE_OWNER_URL: _, ...others } = process.env
  const env = { ...others, DATABASE_URL: databaseUrl, HTTPS: 'false', HOST: '127.0.0.1', PORT: '0' }
  const child = spawn(process.execPath, [...nodeOptions, server, 'serve', '--migrate'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the server of "${name}" ended`)))
    const lines = createInterface({ input: child.stdout }).on('line', (line) => {
      const entry = JSON.parse(line) as { url?: string }
      if (!entry.url) return
      resolve(entry.url.replace('localhost', '127.0.0.1'))
      // A line for each call: to read them all would take time from what is measured.
      lines.close()
      child.stdout.resume()
    })
  })
  // The database may be one that is kept from run to run.
  const username = `bench-${randomUUID()}`
  try {
    await createUser(env, username)
  } catch (error) {
    child.kill('SIGTERM')
    throw error
  }
  const client = createStockbookClient({ url, auth: { username, password } })
  const { accessToken } = await client.auth.signIn.mutate({ username, password })
  return {
    name,
    url,
    pid: child.pid!,
    token: accessToken,
    admin: await client.as('admin'),
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function createUser(env: NodeJS.ProcessEnv, username: string): Promise<void> {
  const options = ['user', 'create', '--role', 'admin', '--username', username, '--password-stdin']
  const child = spawn(process.execPath, [server, ...options], {
    env,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  child.stdin.end(password)
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error('the user of the benchmark could not be made')
}
