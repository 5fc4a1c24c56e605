import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDb, products, users } from '@stockbook/db'
import { z } from 'zod'
import { createPasswords } from '../features/auth/passwords.ts'
import { createUser } from '../features/users/users.ts'
import type { Server } from '../server.ts'

const signInsSchema = z.object({
  /** Set when all demonstration data is in: until then a start goes on loading it. */
  loaded: z.boolean(),
  admin: z.object({ username: z.string(), password: z.string() }),
  operator: z.object({ username: z.string(), password: z.string() }),
})

export type SignIns = z.output<typeof signInsSchema>

const fileIn = (folder: string) => join(folder, 'sign-ins.json')

/** The sign-ins that an earlier start made up, or null. */
export async function readSignIns(folder: string): Promise<SignIns | null> {
  try {
    return signInsSchema.parse(JSON.parse(await readFile(fileIn(folder), 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new Error(`${fileIn(folder)} cannot be read. Remove it to go on without it.`, {
      cause: error,
    })
  }
}

export async function forgetSignIns(folder: string): Promise<void> {
  await rm(fileIn(folder), { force: true })
}

/** Kept readable by its owner only: they open the demonstration, so a second start can tell them again. */
export async function keepSignIns(folder: string, signIns: SignIns): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(fileIn(folder), `${JSON.stringify(signIns, null, 2)}\n`, { mode: 0o600 })
}

/** Whether nobody has put anything into the database yet. */
export async function isEmptyDatabase(databaseUrl: string): Promise<boolean> {
  const db = createDb({ url: databaseUrl, maxConnections: 1 })
  try {
    return (await db.$count(users)) === 0 && (await db.$count(products)) === 0
  } finally {
    await db.$client.end()
  }
}

/** An administrator and an operator with made-up passwords. */
export async function makeSignIns(databaseUrl: string): Promise<SignIns> {
  const madeUp = (username: string) => ({
    username,
    password: randomBytes(12).toString('base64url'),
  })
  const signIns = { loaded: false, admin: madeUp('admin'), operator: madeUp('operator') }
  const db = createDb({ url: databaseUrl, maxConnections: 1 })
  try {
    const passwords = await createPasswords()
    for (const role of ['admin', 'operator'] as const) {
      await createUser(
        db,
        passwords,
        { id: null, procedure: 'stockbook start' },
        { role, ...signIns[role], mustChangePassword: false },
      )
    }
  } finally {
    await db.$client.end()
  }
  return signIns
}

/** Runs the script that loads the data: a program of its own that calls the server as any other would. */
export async function loadDemonstration(
  script: string,
  server: Server,
  { admin }: SignIns,
  stop: AbortSignal,
): Promise<void> {
  const child = spawn(process.execPath, [script], {
    stdio: ['ignore', 'inherit', 'inherit'],
    signal: stop,
    env: {
      ...process.env,
      STOCKBOOK_URL: server.url,
      STOCKBOOK_USERNAME: admin.username,
      STOCKBOOK_PASSWORD: admin.password,
      ...(server.certFile ? { NODE_EXTRA_CA_CERTS: server.certFile } : {}),
    },
  })
  const [code] = await once(child, 'exit', { signal: stop }).catch((error: Error) => {
    if (error.name === 'AbortError') return [null]
    throw error
  })
  if (!stop.aborted && code !== 0) {
    throw new Error('The demonstration data could not be loaded. The next start goes on with it.')
  }
}
