import type pg from 'pg'
import { type Attempt, since } from './attempt.ts'
import type { Batches, DataStep, Query } from './dataStep.ts'
import { record } from './journal.ts'
import { failure } from './statements.ts'

type Checkpoint = { position: unknown; done: number }

/**
 * Runs a `data.ts` that is not inside a transaction. Each batch commits together with its position in
 * `migrations.unfinished`, so a killed run leaves whole batches and the next one goes on behind them.
 */
export async function runResumable(client: pg.Client, attempt: Attempt): Promise<void> {
  const { migration, direction, data, started, onProgress } = attempt
  const { name } = migration
  const checkpoints = await resume(client, name, direction)
  const query: Query = (text, values) => client.query(text, values)
  let call = 0

  const step: DataStep = {
    query,
    async batches<Position>({ start, total, run }: Batches<Position>) {
      const index = call++
      let { position, done } = (checkpoints[index] ?? { position: start, done: 0 }) as {
        position: Position | null
        done: number
      }
      while (position !== null) {
        await client.query('begin')
        const batch = await run(query, position)
        position = batch.next
        done += batch.rows
        checkpoints[index] = { position, done }
        await client.query('update migrations.unfinished set checkpoint = $2 where name = $1', [
          name,
          JSON.stringify(checkpoints),
        ])
        await client.query('commit')
        onProgress?.({ type: 'rows', name, direction, done, total })
      }
    },
  }

  try {
    await data?.[direction]?.(step)
  } catch (error) {
    await client.query('rollback').catch(() => {})
    const stopped = failure(name, `${migration.data}, function ${direction}`, error)
    stopped.message = stopped.message.replace(
      'failed and was undone',
      'stopped; its finished batches are kept and the next run goes on behind them',
    )
    throw stopped
  }
  await client.query('begin')
  await record(client, migration, direction, since(started))
  await client.query('delete from migrations.unfinished where name = $1', [name])
  await client.query('commit')
}

async function resume(client: pg.Client, name: string, direction: string): Promise<Checkpoint[]> {
  // A run in the other direction begins anew: its batches are others.
  const { rows } = await client.query(
    `insert into migrations.unfinished as unfinished (name, direction) values ($1, $2)
     on conflict (name) do update set direction = excluded.direction,
       checkpoint = case when unfinished.direction = excluded.direction then unfinished.checkpoint end
     returning checkpoint`,
    [name, direction],
  )
  return rows[0].checkpoint ?? []
}
