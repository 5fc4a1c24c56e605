import { Presets, SingleBar } from 'cli-progress'
import type { Direction, OnProgress, Progress } from '../migrate/progress.ts'
import { duration } from './output.ts'

const words: Record<Direction, [doing: string, done: string]> = {
  up: ['applying', 'applied'],
  down: ['undoing', 'undone'],
}

/** Shows a run on standard error: a line a migration, and a bar for the rows of a data step. */
export function showProgress(): OnProgress {
  let bar: SingleBar | null = null
  const say = (line: string) => {
    bar?.stop()
    bar = null
    process.stderr.write(`${line}\n`)
  }
  const rows = ({ name, done, total }: Extract<Progress, { type: 'rows' }>) => {
    if (!process.stderr.isTTY) return
    if (!bar) {
      bar = new SingleBar({ format: `${name} {bar} {value}/{total} rows` }, Presets.shades_classic)
      bar.start(total ?? done, 0)
    }
    bar.setTotal(Math.max(total ?? 0, done))
    bar.update(done)
  }
  return (progress) => {
    switch (progress.type) {
      case 'waiting':
        return say('another migrator is at work, waiting for it')
      case 'started':
        return say(`${words[progress.direction][0]} ${progress.name}`)
      case 'rows':
        return rows(progress)
      case 'retrying':
        return say(
          `${progress.name} was held up, attempt ${progress.attempt + 1} follows: ${progress.reason}`,
        )
      case 'finished':
        return say(
          `${words[progress.direction][1]} ${progress.name} in ${duration(progress.durationMs)}`,
        )
    }
  }
}
