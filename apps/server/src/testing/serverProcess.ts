import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type TestServer, testSecret } from './testServer.ts'

const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url))

/** A port of this machine on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** Starts the server as its own process. What the settings leave out is empty, whatever `.env` says. */
export function serve(settings: Record<string, string>) {
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', main, 'serve'], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      HTTPS: 'false',
      SECRET_KEY: '',
      DEBUG: '',
      CORS_ORIGINS: '',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A test that ran out of time leaves no server behind.
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  child.once('close', () => process.off('exit', end))
  return {
    child,
    ended: once(child, 'close'),
    stdout: text(child.stdout),
    stderr: text(child.stderr),
  }
}

/** Whether something listens on a port of this machine. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

export type ServerProcess = AsyncDisposable & {
  url: string
  /** Ends it with no warning. Resolves once it is gone. */
  kill(): Promise<void>
  /** Starts it again after `kill`, at the same address. Resolves once it answers. */
  restart(): Promise<void>
}

/** The server as a process of its own, on the database of a test server. Gone at scope end. */
export async function startServerProcess({ serverUrl }: TestServer): Promise<ServerProcess> {
  const port = await freePort()
  let running: ReturnType<typeof serve>

  async function start(): Promise<void> {
    running = serve({ PORT: String(port), SECRET_KEY: testSecret, DATABASE_URL: serverUrl })
    const { child, stdout, stderr } = running
    while (!(await answers(port))) {
      // Looking without a pause would take the processor from the server that starts.
      await sleep(20)
      if (child.exitCode === null) continue
      throw new Error(`The server did not start:\n${await stdout}${await stderr}`)
    }
  }
  async function kill(): Promise<void> {
    running.child.kill('SIGKILL')
    await running.ended
  }

  await start()
  return { url: `http://127.0.0.1:${port}`, kill, restart: start, [Symbol.asyncDispose]: kill }
}
