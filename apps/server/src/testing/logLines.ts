import type { DestinationStream } from 'pino'

export type LogLine = { level: number; msg: string; requestId?: string } & Record<string, unknown>

/** Takes the lines of a log, so that a test can read them. */
export class LogLines implements DestinationStream {
  readonly texts: string[] = []

  write(text: string): void {
    this.texts.push(text)
  }

  /** The lines of one request. */
  of(requestId: string): LogLine[] {
    return this.texts
      .map((text) => JSON.parse(text) as LogLine)
      .filter((line) => line.requestId === requestId)
  }
}
