import { loadEnvironment } from '@stockbook/db'
import { Command } from 'commander'
import { serve } from './serve.ts'
import { start } from './start.ts'
import { createUserCommand } from './userCreate.ts'

const program = new Command('stockbook').description(
  'The stock of a warehouse: its server, and what must be done beside it.',
)

program
  .command('serve')
  .description('Answer calls until told to stop. Settings come from the environment and .env.')
  .option('--migrate', 'bring the database up to date first (for an installation of one machine)')
  .addHelpText('before', 'Example: pnpm stockbook serve --migrate\n')
  .action(serve)

program
  .command('start')
  .description('Serve, on an up-to-date database; an empty one gets the demonstration data.')
  .option('--empty', 'load no demonstration data')
  .option('--reset', 'delete the embedded database first, after asking')
  .option('--yes', 'do not ask')
  .option('--demonstration <script>', 'the script that loads the demonstration data')
  .addHelpText('before', 'Example: npm start -- --empty\n')
  .action(start)

program.command('user').description('People who may sign in.').addCommand(createUserCommand())

// A terminal that was closed takes no more words: that is no reason to leave the database running.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

loadEnvironment()
try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exitCode = 1
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return 'It failed.'
  const { code, port } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use. Stop the program that uses it, or set PORT to another, like PORT=8010.`
  }
  if (code === 'EACCES' && port)
    return `This user may not listen on port ${port}. Set PORT to another.`
  return process.env.DEBUG === 'true' ? (error.stack ?? error.message) : error.message
}
