import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { GatherWatch } from '../features/movements/gather.ts'

/** What the server tells of its own work, for Prometheus. No label holds what a caller wrote. */
export type Metrics = {
  readonly registry: Registry
  /** A procedure came to an end. `code`: `OK`, or why it was refused. */
  called(procedure: string, code: string, seconds: number): void
  /** A request was answered. `route`: one of few, never the address itself. */
  answered(route: string, status: number, seconds: number): void
  /** Sees how commands are posted together. */
  readonly posting: GatherWatch
  /** A figure that is read each time somebody asks. */
  gauge(name: string, help: string, read: () => number): void
}

const durations = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const calls = new Histogram({
    name: 'stockbook_call_duration_seconds',
    help: 'How long calls of procedures took, below /rpc and /api.',
    labelNames: ['procedure', 'code'] as const,
    buckets: durations,
    registers,
  })
  const requests = new Histogram({
    name: 'stockbook_request_duration_seconds',
    help: 'How long requests took until they were answered. Streams of events are not among them.',
    labelNames: ['route', 'status'] as const,
    buckets: durations,
    registers,
  })
  return {
    registry,
    called: (procedure, code, seconds) => calls.observe({ procedure, code }, seconds),
    answered: (route, status, seconds) => requests.observe({ route, status }, seconds),
    posting: watchPosting(registry),
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read())
        },
      })
    },
  }
}

function watchPosting(registry: Registry): GatherWatch {
  const registers = [registry]
  const sizes = new Histogram({
    name: 'stockbook_posting_batch_commands',
    help: 'How many commands were posted together.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers,
  })
  const batches = new Histogram({
    name: 'stockbook_posting_batch_duration_seconds',
    help: 'How long it took to post commands together.',
    buckets: durations,
    registers,
  })
  const waits = new Histogram({
    name: 'stockbook_posting_wait_seconds',
    help: 'How long a command waited before it was posted.',
    buckets: durations,
    registers,
  })
  const refusals = new Counter({
    name: 'stockbook_posting_refusals_total',
    help: 'Commands that were sent away: too many waited (full), too long (late), or the server stops.',
    labelNames: ['reason'] as const,
    registers,
  })
  return {
    began(waitedMs) {
      sizes.observe(waitedMs.length)
      for (const ms of waitedMs) waits.observe(ms / 1000)
    },
    ended: (ms) => batches.observe(ms / 1000),
    refused: (reason) => refusals.inc({ reason }),
  }
}
