import type { Command } from 'commander'
import { check } from '../../migrate/check/check.ts'
import { databaseCommand } from '../command.ts'
import { withDatabase } from '../database.ts'
import { exitCodes } from '../exitCodes.ts'
import { print } from '../output.ts'
import { loadSchema, schemaOption } from '../schema.ts'

type Options = {
  json?: boolean
  folder: string
  schema: string
  database: boolean
  drift?: boolean
}

export function checkCommand(): Command {
  return databaseCommand(
    'check',
    'Holds models and migrations to the rules: exit code 6 when something must be put right.',
    ['check', 'check --drift', 'check --no-database'],
  )
    .addOption(schemaOption())
    .option('--no-database', 'look at the files alone, and at all of them as new')
    .option(
      '--drift',
      'also compare the database with what its migrations make (on a scratch database)',
    )
    .action(async ({ json, folder, schema: file, database, drift }: Options) => {
      const schema = await loadSchema(file)
      const faults = database
        ? await withDatabase((url) => check({ folder, schema, url, drift }))
        : await check({ folder, schema })
      const lines = faults.map(({ rule, place, message }) => `${place}\n  ${rule}: ${message}`)
      print({ json }, { faults }, faults.length === 0 ? 'All is well.' : lines)
      process.exitCode = faults.length === 0 ? exitCodes.done : exitCodes.faultsFound
    })
}
