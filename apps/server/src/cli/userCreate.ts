import { text } from 'node:stream/consumers'
import { contract } from '@stockbook/client/contract'
import { createDb } from '@stockbook/db'
import { resolveDatabase } from '@stockbook/db/embedded'
import { Command, Option } from 'commander'
import { z } from 'zod'
import { databaseRefusal } from '../databaseRefusals.ts'
import { StockError } from '../errors.ts'
import { createPasswords } from '../features/auth/passwords.ts'
import { createUser } from '../features/users/users.ts'

type Options = {
  role: string
  username: string
  displayName?: string
  passwordStdin?: boolean
  json?: boolean
}

export function createUserCommand(): Command {
  return new Command('create')
    .description('Make a user; this is how the first administrator comes to be.')
    .addOption(
      new Option('--role <role>', 'what the user may do')
        .choices(['admin', 'operator'])
        .makeOptionMandatory(),
    )
    .requiredOption('--username <name>', 'what is typed at sign-in')
    .option('--display-name <name>', 'what others see (default: the user name)')
    .requiredOption('--password-stdin', 'read the password from standard input')
    .option('--json', 'print the user as JSON')
    .addHelpText(
      'before',
      'Example: pnpm stockbook user create --role admin --username anna --password-stdin < password.txt\n',
    )
    .action(run)
}

async function run({ role, username, displayName, json }: Options): Promise<void> {
  // A file or an echo ends with a line break that is not part of the password.
  const password = (await text(process.stdin)).replace(/\r?\n$/, '')
  const parsed = contract.users.create.input.safeParse({ role, username, displayName, password })
  if (!parsed.success) throw new Error(`No user was made.\n${z.prettifyError(parsed.error)}`)
  const database = await resolveDatabase(process.env)
  const db = createDb({ url: database.serverUrl, maxConnections: 1 })
  try {
    const user = await createUser(
      db,
      await createPasswords(),
      { id: null, procedure: 'stockbook user create' },
      parsed.data,
    )
    process.stdout.write(
      json ? `${JSON.stringify(user)}\n` : `Made the ${role} ${user.username}.\n`,
    )
  } catch (error) {
    throw explain(error, username)
  } finally {
    await db.$client.end()
    await database.close()
  }
}

function explain(error: unknown, username: string): unknown {
  const refusal = error instanceof StockError ? error : databaseRefusal(error)
  if (refusal?.code === 'ALREADY_EXISTS') return new Error(`There is a user ${username} already.`)
  if (refusal) {
    const issues = (refusal.detail.issues ?? []) as { path: string[]; message: string }[]
    const told = issues.map(({ path, message }) => `\n  → ${path.join('.')}: ${message}`)
    return new Error(`No user was made. ${refusal.message}${told.join('')}`)
  }
  const missing =
    error instanceof Error && /relation "users" does not exist/.test(String(error.cause))
  return missing ? new Error('The database has no tables yet. Run: pnpm db:migrate') : error
}
