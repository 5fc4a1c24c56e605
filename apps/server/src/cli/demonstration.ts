import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDb, inTransaction, products, users } from '@stockbook/db'
import { inArray } from 'drizzle-orm'
import { z } from 'zod'
import { createPasswords } from '../features/auth/passwords.ts'
import { insertUser } from '../features/users/users.ts'
import type { Server } from '../server.ts'

const author = { id: null, procedure: 'stockbook start' }

const signInSchema = z.object({ username: z.string(), password: z.string() })

const signInsSchema = z.object({
  /** The id of the administrator: tells which database they open. */
  adminId: z.uuid(),
  /** Set when all demonstration data is in: until then a start goes on loading it. */
  loaded: z.boolean(),
  admin: signInSchema,
  operator: signInSchema,
})

export type SignIns = z.output<typeof signInsSchema>

const fileIn = (folder: string) => join(folder, 'sign-ins.json')

async function readAll(folder: string): Promise<SignIns[]> {
  try {
    return z.array(signInsSchema).parse(JSON.parse(await readFile(fileIn(folder), 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new Error(`${fileIn(folder)} cannot be read. Remove it to go on without it.`, {
      cause: error,
    })
  }
}

/** The sign-ins that an earlier start made up for this database, or null. Those of others are let be. */
export async function readSignIns(folder: string, databaseUrl: string): Promise<SignIns | null> {
  const all = await readAll(folder)
  const db = createDb({ url: databaseUrl, maxConnections: 1 })
  try {
    const ids = all.map(({ adminId }) => adminId)
    const [found] = await db.select({ id: users.id }).from(users).where(inArray(users.id, ids))
    return all.find(({ adminId }) => adminId === found?.id) ?? null
  } finally {
    await db.$client.end()
  }
}

/** Kept readable by its owner only: they open the demonstration, so a second start can tell them again. */
export async function keepSignIns(folder: string, signIns: SignIns): Promise<void> {
  const others = (await readAll(folder)).filter(({ adminId }) => adminId !== signIns.adminId)
  await mkdir(folder, { recursive: true })
  const text = `${JSON.stringify([...others, signIns], null, 2)}\n`
  // Whole or not at all: a start may be ended at any moment.
  await writeFile(`${fileIn(folder)}.new`, text, { mode: 0o600 })
  await rename(`${fileIn(folder)}.new`, fileIn(folder))
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

/**
 * An administrator and an operator with made-up passwords. They are kept before they are good for
 * anything, so that no end in between leaves users whose passwords nobody knows.
 */
export async function makeSignIns(folder: string, databaseUrl: string): Promise<SignIns> {
  const madeUp = (username: string) => ({
    username,
    password: randomBytes(12).toString('base64url'),
  })
  const signIns = {
    adminId: randomUUID(),
    loaded: false,
    admin: madeUp('admin'),
    operator: madeUp('operator'),
  }
  await keepSignIns(folder, signIns)
  const passwords = await createPasswords()
  const row = async (role: 'admin' | 'operator') => ({
    ...(role === 'admin' ? { id: signIns.adminId } : {}),
    role,
    username: signIns[role].username,
    displayName: signIns[role].username,
    passwordHash: await passwords.hash(signIns[role].password),
  })
  const rows = [await row('admin'), await row('operator')]
  const db = createDb({ url: databaseUrl, maxConnections: 1 })
  try {
    await inTransaction(db, async (tx) => {
      for (const values of rows) await insertUser(tx, author, values)
    })
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
