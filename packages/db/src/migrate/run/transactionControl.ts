import { MigrationError } from '../errors.ts'
import { bareStatements } from '../folder/bareStatements.ts'
import type { SqlFile } from '../folder/folder.ts'

const control =
  /^(begin|start\s+transaction|commit|end|rollback(?!\s+to)|abort|prepare\s+transaction)\b/i

/**
 * A file that commits by itself would leave half of it when it fails after that.
 * @throws {MigrationError} `broken_folder` with the line.
 */
export function assertNoTransactionControl({ path, statements }: SqlFile): void {
  for (const { text, line } of statements) {
    for (const statement of bareStatements(text)) {
      const word = control.exec(statement.text)?.[1]
      if (word === undefined) continue
      throw new MigrationError(
        'broken_folder',
        `${path}, line ${line + statement.line}: "${word}" does not belong into a migration. The runner begins and ends its transaction, so that all of it holds or nothing.`,
      )
    }
  }
}
