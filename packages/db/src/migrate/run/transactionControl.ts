import { MigrationError } from '../errors.ts'
import type { SqlFile } from '../folder/folder.ts'

// Strings, quoted names, bodies of functions and comments: words in them are no statements.
const notStatements =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1|--[^\n]*|\/\*[\s\S]*?\*\/|\bbegin\s+atomic\b[\s\S]*?\bend\b/gi

const control =
  /(?:^|;)\s*(begin|start\s+transaction|commit|end|rollback(?!\s+to)|abort|prepare\s+transaction)\b/i

/**
 * A file that commits by itself would leave half of it when it fails after that.
 * @throws {MigrationError} `broken_folder` with the line.
 */
export function assertNoTransactionControl({ path, statements }: SqlFile): void {
  for (const { text, line } of statements) {
    const found = control.exec(
      text.replace(notStatements, (quoted) => quoted.replace(/[^\n]/g, ' ')),
    )
    if (!found) continue
    const before = text.slice(0, found.index + found[0].length).split('\n').length - 1
    throw new MigrationError(
      'broken_folder',
      `${path}, line ${line + before}: "${found[1]}" does not belong into a migration. The runner begins and ends its transaction, so that all of it holds or nothing.`,
    )
  }
}
