import type { Migration, SqlFile } from '../folder/folder.ts'
import type { Direction, OnProgress } from '../progress.ts'
import type { DataModule } from './dataStep.ts'

/** What one attempt needs to know. */
export type Attempt = {
  migration: Migration
  direction: Direction
  data: DataModule | null
  file: SqlFile
  started: number
  onProgress?: OnProgress
}

/** Whole milliseconds since a moment of `performance.now()`. */
export const since = (started: number) => Math.round(performance.now() - started)
