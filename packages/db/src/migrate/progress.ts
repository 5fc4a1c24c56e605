export type Direction = 'up' | 'down'

/** What a run tells while it goes on. */
export type Progress =
  | { type: 'waiting' }
  | { type: 'started'; name: string; direction: Direction }
  | { type: 'rows'; name: string; direction: Direction; done: number; total?: number }
  | { type: 'retrying'; name: string; direction: Direction; attempt: number; reason: string }
  | { type: 'finished'; name: string; direction: Direction; durationMs: number }

export type OnProgress = (progress: Progress) => void
