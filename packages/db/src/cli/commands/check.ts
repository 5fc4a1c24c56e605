import type { Command } from 'commander'
import { check } from '../../migrate/check.ts'
import { databaseCommand } from '../command.ts'
import { withDatabase } from '../database.ts'
import { exitCodes } from '../exitCodes.ts'
import { print } from '../output.ts'
import { loadSchema, schemaOption } from '../schema.ts'

type Options = { json?: boolean; folder: string; schema: string; database: boolean }

export function checkCommand(): Command {
  return databaseCommand(
    'check',
    'Holds models and migrations to the rules: exit code 6 when something must be put right.',
    ['check', 'check --no-database'],
  )
    .addOption(schemaOption())
    .option('--no-database', 'look at the files alone, and at all of them as new')
    .action(async ({ json, folder, schema: file, database }: Options) => {
      const schema = await loadSchema(file)
      const faults = database
        ? await withDatabase((url) => check({ folder, schema, url }))
        : await check({ folder, schema })
      const lines = faults.map(({ rule, place, message }) => `${place}\n  ${rule}: ${message}`)
      print({ json }, { faults }, faults.length === 0 ? 'All is well.' : lines)
      process.exitCode = faults.length === 0 ? exitCodes.done : exitCodes.faultsFound
    })
}
