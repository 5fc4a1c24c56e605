import type { Command } from 'commander'
import { history } from '../../migrate/history.ts'
import { databaseCommand } from '../command.ts'
import { withDatabase } from '../database.ts'
import { exitCodes } from '../exitCodes.ts'
import { duration, moment, print, table } from '../output.ts'

export function historyCommand(): Command {
  return databaseCommand(
    'history',
    'Lists all migrations: applied or pending, when, how long, by whom, and where the history branches.',
    ['history', 'history --log', 'history --json'],
  )
    .option('--log', 'list every step that was ever made, also those that were undone')
    .action(async ({ json, log, folder }: { json?: boolean; log?: boolean; folder: string }) => {
      const { migrations, steps } = await withDatabase((url) => history(url, { folder }))
      const edited = migrations.some(({ state }) => state === 'edited')
      process.exitCode = edited ? exitCodes.diverged : exitCodes.done
      if (log) {
        const rows = steps.map(({ name, direction, at, by, durationMs }) => [
          moment(at),
          direction,
          name,
          duration(durationMs),
          by,
        ])
        return print(
          { json },
          { steps },
          table([['at (UTC)', 'step', 'migration', 'took', 'by'], ...rows]),
        )
      }
      const rows = migrations.map(({ name, state, parents, children, head, run }) => [
        name,
        state,
        run ? moment(run.appliedAt) : '',
        run ? duration(run.durationMs) : '',
        run?.appliedBy ?? '',
        [
          head ? 'head' : '',
          children.length > 1 ? `branches into ${children.join(' and ')}` : '',
          parents.length > 1 ? `merges ${parents.join(' and ')}` : '',
        ]
          .filter(Boolean)
          .join(', '),
      ])
      print(
        { json },
        { migrations },
        table([['migration', 'state', 'applied at (UTC)', 'took', 'by', ''], ...rows]),
      )
    })
}
