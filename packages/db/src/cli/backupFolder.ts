import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

/** Beside the embedded database: `.stockbook/` at the root of the repository, or `STOCKBOOK_FOLDER`. */
const storage =
  process.env.STOCKBOOK_FOLDER?.trim() ||
  fileURLToPath(new URL('../../../../.stockbook', import.meta.url))

/** A new folder for a backup, named by the second: `backups/2026-11-25T01-30-00Z`. */
export function newBackupFolder(): string {
  const second = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  return join(storage, 'backups', `${second}Z`)
}
