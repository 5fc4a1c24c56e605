import { join } from 'node:path'
import { projectFolder } from '../loadEnvironment.ts'

/** A new folder for a backup beside the embedded database: `.stockbook/backups/2026-11-25T01-30-00Z`. */
export function newBackupFolder(): string {
  const storage = process.env.STOCKBOOK_FOLDER?.trim() || join(projectFolder, '.stockbook')
  const second = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  return join(storage, 'backups', `${second}Z`)
}
