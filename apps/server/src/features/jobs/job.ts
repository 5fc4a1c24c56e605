import type { JobName } from '@stockbook/client/contract'
import type { Db } from '@stockbook/db'

/** Work that every server does by the clock. Several may do it at once. */
export type Job = {
  name: JobName
  everyMs: number
  /** Does what there is to do. Returns how many things that was. */
  run(db: Db): Promise<number>
  /** What the log says when it stops working, and when it works again. */
  says: { failing: string; workingAgain: string }
}
