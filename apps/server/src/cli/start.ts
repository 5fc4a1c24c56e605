import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { deleteEmbeddedPostgres, resolveDatabase } from '@stockbook/db/embedded'
import { readEnvironment } from '../env.ts'
import { createLog, logTo } from '../http/log.ts'
import { type Server, startServer } from '../server.ts'
import {
  isEmptyDatabase,
  keepSignIns,
  loadDemonstration,
  makeSignIns,
  readSignIns,
  type SignIns,
} from './demonstration.ts'
import { stockbookFolder } from './folder.ts'
import { aborted, untilStopped } from './untilStopped.ts'

type StartOptions = { empty?: boolean; reset?: boolean; yes?: boolean; demonstration?: string }

/** For a newcomer: a running server in one command, on data to look at. Speaks in sentences. */
export function start(options: StartOptions): Promise<void> {
  return untilStopped(async (stop) => {
    const environment = readEnvironment(process.env)
    const folder = stockbookFolder()
    if (options.reset && !(await reset(folder, options.yes ?? false, stop))) return
    await mkdir(folder, { recursive: true })
    const database = await resolveDatabase(process.env, { log: say })
    try {
      const logFile = join(folder, 'server.log')
      const server = await startServer({
        environment,
        databaseUrl: database.serverUrl,
        ownerUrl: database.url,
        folder,
        log: createLog(environment.DEBUG ? 'debug' : 'info', logTo(logFile)),
        migrateFirst: true,
      })
      try {
        const signIns = await prepareData(options, database.serverUrl, server, folder, stop)
        if (!stop.aborted) welcome(server, signIns, logFile)
        await aborted(stop)
        say('Stopping.')
      } finally {
        await server.stop()
      }
    } finally {
      await database.close()
    }
  })
}

async function prepareData(
  { empty, demonstration }: StartOptions,
  databaseUrl: string,
  server: Server,
  folder: string,
  stop: AbortSignal,
): Promise<SignIns | null> {
  const isEmpty = await isEmptyDatabase(databaseUrl)
  let signIns = await readSignIns(folder, databaseUrl)
  if (empty || !demonstration) return signIns
  if (isEmpty) {
    signIns = await makeSignIns(folder, databaseUrl)
  }
  if (signIns && !signIns.loaded) {
    await loadDemonstration(demonstration, server, signIns, stop)
    if (stop.aborted) return null
    signIns = { ...signIns, loaded: true }
    await keepSignIns(folder, signIns)
  }
  return signIns
}

/** @returns whether the start may go on. */
async function reset(folder: string, sure: boolean, stop: AbortSignal): Promise<boolean> {
  if (process.env.DATABASE_URL?.trim()) {
    throw new Error(
      '--reset deletes the embedded database only; DATABASE_URL names another. Nothing was deleted.',
    )
  }
  if (!sure) {
    if (!process.stdin.isTTY) {
      throw new Error(
        '--reset asks before it deletes, and nobody is there to answer. Add --yes. Nothing was deleted.',
      )
    }
    const terminal = createInterface({ input: process.stdin, output: process.stdout })
    const answer = await terminal
      .question(`Delete all data in ${folder}? Type "delete" to go on: `, { signal: stop })
      .catch(() => '')
    terminal.close()
    if (answer.trim() !== 'delete') {
      say('Nothing was deleted.')
      return false
    }
  }
  await deleteEmbeddedPostgres({ folder, log: say })
  say('The old data is deleted.')
  return true
}

function welcome(server: Server, signIns: SignIns | null, logFile: string): void {
  say(`\nStockbook answers on ${server.url}`)
  say(`  floor:          ${server.url}/`)
  say(`  admin panel:    ${server.url}/admin`)
  if (signIns) {
    say(`  administrator:  ${signIns.admin.username}  ${signIns.admin.password}`)
    say(`  operator:       ${signIns.operator.username}  ${signIns.operator.password}`)
  } else {
    say(
      '  Make a user: npx pnpm@12.4.2 stockbook user create --role admin --username NAME --password-stdin < password.txt',
    )
  }
  if (server.certFile) say(`  certificate:    ${server.certFile}  (made for this machine)`)
  say(`  log:            ${logFile}`)
  say('Press Ctrl-C to stop.')
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
