import { StockError } from '../../errors.ts'

export type GatherBounds = {
  /** At most this many batches are under way at once. Default 2. */
  batchesAtOnce?: number
  /** A batch takes no further job when it has this many. Default 256. */
  jobsPerBatch?: number
  /** A batch takes no further job when those in it weigh so much. One may weigh more. Default 2 000. */
  weightPerBatch?: number
  /** At most this many jobs wait; the next one is refused. Default 5 000. */
  waitingJobs?: number
  /** A job is refused when those that wait weigh so much already. Default 100 000. */
  waitingWeight?: number
  /** A job that has waited so long, in milliseconds, is refused. Default 10 000. */
  waitMs?: number
}

const defaults: Required<GatherBounds> = {
  batchesAtOnce: 2,
  jobsPerBatch: 256,
  weightPerBatch: 2_000,
  waitingJobs: 5_000,
  waitingWeight: 100_000,
  waitMs: 10_000,
}

/** So few jobs are not shared out among batches: each batch costs a transaction. */
const worthABatch = 8

/** Something to do together with others. */
export type Job = {
  /** Of two jobs with one key, the second waits until the first is done. */
  key: string
  /** What it takes, in the unit of the bounds. */
  weight: number
}

export type Gatherer<J extends Job, Result> = {
  /**
   * Does a job: at once when there is room, else together with the others that wait.
   * @throws StockError UNAVAILABLE with `retryAfterSeconds` when too many wait, or it waited too long
   */
  add(job: J): Promise<Result>
  /** How many jobs wait for those that are under way. */
  waiting(): number
  /** Refuses new jobs, and waits until all others are done. */
  stop(): Promise<void>
}

/** Told of what becomes of the jobs. */
export type GatherWatch = {
  /** A batch is begun. @param waitedMs how long each of its jobs had waited, in milliseconds */
  began(waitedMs: readonly number[]): void
  /** A batch has ended, well or not. @param ms how long it took, in milliseconds */
  ended(ms: number): void
  /** A job was refused: too many waited, it waited too long, or the end has come. */
  refused(reason: 'full' | 'late' | 'stopping'): void
}

type Waiting<J, Result> = {
  job: J
  since: number
  resolve(result: Result): void
  reject(error: unknown): void
}

/**
 * Gathers jobs that come while others are being done, and does them in batches.
 * @param work does a batch, and gives a way to end each job, in the order of the jobs
 * @param watch is told of it. Default: nobody is.
 */
export function createGatherer<J extends Job, Result>(
  work: (jobs: readonly J[]) => Promise<(() => Result)[]>,
  options: GatherBounds = {},
  watch?: GatherWatch,
): Gatherer<J, Result> {
  const bounds = { ...defaults, ...options }
  let waiting: Waiting<J, Result>[] = []
  let waitingWeight = 0
  let underWay = 0
  let isScheduled = false
  let isStopping = false
  let timer: NodeJS.Timeout | undefined
  let becameIdle = () => {}
  const keys = new Set<string>()

  function schedule(): void {
    if (isScheduled) return
    isScheduled = true
    // What comes in the same turn of the event loop goes together.
    setImmediate(() => {
      isScheduled = false
      while (underWay < bounds.batchesAtOnce && start(fairShare())) {}
      watchTheFirst()
      if (underWay === 0 && waiting.length === 0) becameIdle()
    })
  }

  /** How many jobs a batch may take so that what waits keeps all the batches busy that may begin now. */
  function fairShare(): number {
    const share = Math.ceil(waiting.length / (bounds.batchesAtOnce - underWay))
    return Math.min(Math.max(share, worthABatch), bounds.jobsPerBatch)
  }

  function start(share: number): boolean {
    const batch = takeBatch(share)
    if (batch.length === 0) return false
    underWay++
    for (const { job } of batch) keys.add(job.key)
    const begin = performance.now()
    watch?.began(batch.map(({ since }) => begin - since))
    void run(batch).finally(() => {
      watch?.ended(performance.now() - begin)
      underWay--
      for (const { job } of batch) keys.delete(job.key)
      schedule()
    })
    return true
  }

  function takeBatch(share: number): Waiting<J, Result>[] {
    const batch: Waiting<J, Result>[] = []
    const left: Waiting<J, Result>[] = []
    const taken = new Set<string>()
    let weight = 0
    for (const [index, one] of waiting.entries()) {
      const isFull =
        batch.length >= share ||
        (batch.length > 0 && weight + one.job.weight > bounds.weightPerBatch)
      if (isFull) {
        left.push(...waiting.slice(index))
        break
      }
      if (keys.has(one.job.key) || taken.has(one.job.key)) {
        left.push(one)
        continue
      }
      taken.add(one.job.key)
      weight += one.job.weight
      batch.push(one)
    }
    waiting = left
    waitingWeight -= weight
    return batch
  }

  async function run(batch: readonly Waiting<J, Result>[]): Promise<void> {
    try {
      const ends = await work(batch.map(({ job }) => job))
      for (const [index, { resolve, reject }] of batch.entries()) {
        try {
          resolve(ends[index]!())
        } catch (error) {
          reject(error)
        }
      }
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }

  /** The first has waited longest: when its time is over, it and its like are refused. */
  function watchTheFirst(): void {
    clearTimeout(timer)
    const [first] = waiting
    if (!first) return
    timer = setTimeout(refuseTheLate, Math.max(first.since + bounds.waitMs - performance.now(), 0))
  }

  function refuseTheLate(): void {
    const latest = performance.now() - bounds.waitMs
    const late = waiting.filter(({ since }) => since <= latest)
    waiting = waiting.filter(({ since }) => since > latest)
    for (const { job, reject } of late) {
      waitingWeight -= job.weight
      watch?.refused('late')
      reject(unavailable())
    }
    schedule()
  }

  return {
    add(job) {
      if (
        isStopping ||
        waiting.length >= bounds.waitingJobs ||
        waitingWeight + job.weight > bounds.waitingWeight
      ) {
        watch?.refused(isStopping ? 'stopping' : 'full')
        return Promise.reject(unavailable())
      }
      return new Promise((resolve, reject) => {
        waiting.push({ job, since: performance.now(), resolve, reject })
        waitingWeight += job.weight
        schedule()
      })
    },
    waiting: () => waiting.length,
    async stop() {
      isStopping = true
      if (underWay === 0 && waiting.length === 0) return
      await new Promise<void>((resolve) => {
        becameIdle = resolve
      })
    },
  }
}

const retryAfterSeconds = 1

function unavailable(): StockError {
  return new StockError('UNAVAILABLE', { retryAfterSeconds })
}
