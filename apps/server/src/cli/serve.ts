import { resolveDatabase } from '@stockbook/db/embedded'
import { readEnvironment } from '../env.ts'
import { createLog } from '../http/log.ts'
import { startServer } from '../server.ts'
import { stockbookFolder } from './folder.ts'
import { aborted, untilStopped } from './untilStopped.ts'

/** Answers until told to stop. Everything that it says is a line of the structured log. */
export function serve({ migrate = false }: { migrate?: boolean }): Promise<void> {
  return untilStopped(async (stop) => {
    const environment = readEnvironment(process.env)
    const log = createLog(environment.DEBUG ? 'debug' : 'info')
    const database = await resolveDatabase(process.env, { log: (line) => log.info(line) })
    try {
      const server = await startServer({
        environment,
        databaseUrl: database.serverUrl,
        ownerUrl: database.url,
        folder: stockbookFolder(),
        log,
        migrateFirst: migrate,
      })
      await aborted(stop)
      log.info('the server stops')
      await server.stop()
    } finally {
      await database.close()
    }
  })
}
