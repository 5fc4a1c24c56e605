import type { Logger } from 'pino'

export type Repeating = {
  /** Ends it, once the round that is under way is over. */
  stop(): Promise<void>
}

export type RepeatOptions = {
  everyMs: number
  log: Logger
  /** What the log says when it stops working, and when it works again. */
  says: { failing: string; workingAgain: string }
}

/** Does some work at once, and then again and again, one round at a time, in spite of failures. */
export function repeat(
  work: () => Promise<unknown>,
  { everyMs, log, says }: RepeatOptions,
): Repeating {
  let running: Promise<void> | null = null
  let isFailing = false
  const round = async () => {
    try {
      await work()
      if (isFailing) log.info(says.workingAgain)
      isFailing = false
    } catch (error) {
      // Told once: while the database is away all rounds fail the same way.
      if (!isFailing) log.warn({ err: error }, says.failing)
      isFailing = true
    } finally {
      running = null
    }
  }
  const begin = () => {
    running ??= round()
  }
  begin()
  const timer = setInterval(begin, everyMs)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
