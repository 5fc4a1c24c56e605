import { join, resolve } from 'node:path'
import { projectFolder } from '@stockbook/db'

/** Where the program keeps its own: `STOCKBOOK_FOLDER`, by default `.stockbook/` in the project. */
export function stockbookFolder(): string {
  const given = process.env.STOCKBOOK_FOLDER?.trim()
  return given ? resolve(given) : join(projectFolder, '.stockbook')
}
