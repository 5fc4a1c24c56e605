import { databaseError } from '@stockbook/db'
import { DrizzleQueryError } from 'drizzle-orm'
import { type DestinationStream, type Logger, pino } from 'pino'
import { currentRequestId } from '../requestScope.ts'

/**
 * Structured logs, a JSON object a line; each line of a request carries its id.
 * @param level `debug` shows more. Default `info`.
 * @param destination Default: standard output.
 */
export function createLog(
  level: 'debug' | 'info' = 'info',
  destination?: DestinationStream,
): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
      mixin: () => {
        const requestId = currentRequestId()
        return requestId === 'none' ? {} : { requestId }
      },
    },
    destination ?? logTo(1),
  )
}

/**
 * What is logged in one turn of the event loop is written at once, at its end: a writing costs more than
 * the line.
 * @param file a path, or the number of an open file
 */
export function logTo(file: string | number): DestinationStream {
  // Written out of turn, the last lines would overtake what is being written as the process ends, or it be lost.
  const destination = pino.destination({ dest: file, sync: true })
  let lines = ''
  function write(): void {
    if (lines !== '') destination.write(lines)
    lines = ''
  }
  process.once('exit', write)
  return {
    write(line) {
      if (lines === '') setImmediate(write)
      lines += line
    },
  }
}

/** What a maintainer needs of an error. The parameters of a statement stay out: they may be secret. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: 'something was thrown that is not an error' }
  if (error instanceof DrizzleQueryError) {
    const { code, constraint } = databaseError(error) ?? {}
    return {
      type: error.name,
      statement: error.query,
      code,
      constraint,
      message: withoutValue(error.cause?.message),
      stack: framesOf(error),
    }
  }
  return { type: error.name, message: error.message, stack: error.stack }
}

/** PostgreSQL ends some messages with the value that it could not take. */
function withoutValue(message: string | undefined): string | undefined {
  return message?.replace(/: ".*"/s, ': …')
}

/** Where it happened, without the message that a stack begins with: Drizzle puts parameters there. */
function framesOf(error: Error): string | undefined {
  return error.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n')
}
