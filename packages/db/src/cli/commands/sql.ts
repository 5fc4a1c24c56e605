import type { Command } from 'commander'
import { readMigrations } from '../../migrate/folder/folder.ts'
import { pendingUpTo } from '../../migrate/migrate.ts'
import { scriptOf } from '../../migrate/script.ts'
import { assertUnchanged, migrationStatus } from '../../migrate/status.ts'
import { downTo, upTo } from '../../migrate/target.ts'
import { databaseCommand } from '../command.ts'
import { withDatabase } from '../database.ts'
import { print } from '../output.ts'

type Options = { json?: boolean; folder: string; from?: string; to?: string; down?: boolean }

export function sqlCommand(): Command {
  return databaseCommand('sql', 'Prints the migrations as a script for psql, and runs nothing.', [
    'sql > upgrade.sql',
    'sql --from base --to 0003',
    'sql --down --to 0002',
  ])
    .option('--from <name>', 'where the database is (base: empty); default: asked of the database')
    .option('--to <target>', 'how far: a name, +1, head; with --down a name or base')
    .option('--down', 'the way back instead')
    .action(async ({ json, folder, from, to, down }: Options) => {
      const migrations = await readMigrations(folder)
      const names = migrations.map(({ name }) => name)
      const applied =
        from === undefined
          ? await appliedNow(folder)
          : from === 'base'
            ? []
            : names.filter((name) => upTo(migrations, [], from).has(name))
      const back = down ? downTo(migrations, applied, { to }) : []
      const planned = down
        ? back.flatMap((name) => migrations.find((migration) => migration.name === name) ?? [])
        : pendingUpTo(migrations, applied, to ?? 'head')
      const script = scriptOf(planned, down ? 'down' : 'up')
      print({ json }, { migrations: planned.map(({ name }) => name), script }, script)
    })
}

async function appliedNow(folder: string): Promise<string[]> {
  const status = await withDatabase((url) => migrationStatus(url, { folder }))
  assertUnchanged(status, folder)
  return status.applied
}
