import { Command, CommanderError } from 'commander'
import { loadEnvironment } from '../loadEnvironment.ts'
import { MigrationError } from '../migrate/errors.ts'
import { backupCommand } from './commands/backup.ts'
import { checkCommand } from './commands/check.ts'
import { currentCommand } from './commands/current.ts'
import { deployCommand } from './commands/deploy.ts'
import { generateCommand } from './commands/generate.ts'
import { headsCommand } from './commands/heads.ts'
import { historyCommand } from './commands/history.ts'
import { mergeCommand } from './commands/merge.ts'
import { migrateCommand } from './commands/migrate.ts'
import { restoreCommand } from './commands/restore.ts'
import { rollbackCommand } from './commands/rollback.ts'
import { showCommand } from './commands/show.ts'
import { sqlCommand } from './commands/sql.ts'
import { stampCommand } from './commands/stamp.ts'
import { verifyCommand } from './commands/verify.ts'
import { exitCodes } from './exitCodes.ts'
import { reportFailure } from './output.ts'

const program = new Command('db')
  .description('Makes, applies, undoes and checks the migrations of the Stockbook database.')
  .exitOverride()
  .showHelpAfterError('(add --help for an example)')

for (const command of [
  generateCommand(),
  migrateCommand(),
  rollbackCommand(),
  currentCommand(),
  historyCommand(),
  headsCommand(),
  showCommand(),
  stampCommand(),
  mergeCommand(),
  sqlCommand(),
  checkCommand(),
  verifyCommand(),
  backupCommand(),
  restoreCommand(),
  deployCommand(),
]) {
  program.addCommand(command.exitOverride())
}

loadEnvironment()

try {
  await program.parseAsync()
} catch (error) {
  const json = process.argv.includes('--json')
  if (!(error instanceof CommanderError)) process.exitCode = reportFailure(error, json)
  else if (error.exitCode === 0) process.exitCode = exitCodes.done
  else {
    // For a person commander has told it already.
    const message = error.message.replace(/^error: /, '')
    if (json) reportFailure(new MigrationError('wrong_usage', message), json)
    process.exitCode = exitCodes.wrongUsage
  }
}
