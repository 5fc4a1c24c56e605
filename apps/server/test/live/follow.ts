import type { ApiInputs, StockbookClient, StockbookError } from '@stockbook/client'

type Input = ApiInputs['stock']['changes']
type Follower = Pick<StockbookClient, 'stock'>
export type Event = Parameters<
  Parameters<Follower['stock']['changes']['subscribe']>[1]['onData']
>[0]

/** Subscribes, and waits for what a test says must come. */
export function follow({ stock }: Follower, input: Input = {}) {
  const events: Event[] = []
  const disconnections: StockbookError[] = []
  let failure: StockbookError | undefined
  let connections = 0
  let check = () => {}
  const { unsubscribe } = stock.changes.subscribe(input, {
    onData(event) {
      events.push(event)
      check()
    },
    onError(error) {
      failure = error
      check()
    },
    onConnected() {
      connections += 1
      check()
    },
    onDisconnected(error) {
      disconnections.push(error)
      check()
    },
  })

  /** Resolves once the condition holds; rejects when the subscription ends before. */
  function until(holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      check = () => {
        if (holds()) resolve()
        else if (failure) reject(failure)
      }
      check()
    })
  }

  return {
    events,
    disconnections,
    unsubscribe,
    until,
    connections: () => connections,
    changes: () => events.flatMap((event) => event.changes),
    quantities: () => events.flatMap(({ changes }) => changes.map(({ quantity }) => quantity)),
    position: () => events.at(-1)!.position,
    /** The subscription stands. */
    started: () => until(() => events.length > 0),
    /** So many movements have come. */
    counted: (count: number) =>
      until(() => events.flatMap(({ changes }) => changes).length >= count),
    /** What the server said when it ended the subscription for good. */
    async ended(): Promise<StockbookError> {
      await until(() => failure !== undefined)
      return failure!
    },
  }
}
