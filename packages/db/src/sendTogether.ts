import pg from 'pg'

type Send = (...args: readonly unknown[]) => unknown

/** PostgreSQL carries nothing out any more: an earlier statement of the transaction failed. */
const transactionAborted = '25P02'

/**
 * Sends what is asked of a connection in one turn of the event loop as one piece, and a transaction's
 * `begin` with its first statements. Each piece costs a system call and may wake PostgreSQL's process,
 * and each answer that is waited for costs the way there and back.
 *
 * What was sent after a statement that failed tells of that one's fault, whichever is listened to first.
 */
export function sendTogether(client: pg.Client): void {
  const send: Send = client.query.bind(client)
  let isHeldBack = false
  let beginning: Promise<unknown> | null = null
  let fault: unknown = null

  function holdBack(): void {
    if (isHeldBack) return
    isHeldBack = true
    const { stream } = client.connection
    stream.cork()
    process.nextTick(() => {
      isHeldBack = false
      stream.uncork()
    })
  }

  function tell(error: unknown): never {
    const isFollowing = error instanceof pg.DatabaseError && error.code === transactionAborted
    fault = isFollowing ? (fault ?? error) : error
    throw fault
  }

  client.query = ((...args: readonly unknown[]) => {
    holdBack()
    const sent = send(...args)
    if (!(sent instanceof Promise)) return sent
    const { text = '' } = args[0] as { text?: string }
    if (text.startsWith('begin')) {
      beginning = sent
      // When it fails, each statement of the transaction tells of it.
      sent.then(
        () => (beginning = null),
        () => {},
      )
      return Promise.resolve()
    }
    const begun = beginning
    if (text === 'rollback') beginning = null
    const all = begun && Promise.all([begun, sent]).then(([, result]) => result)
    return (all ?? sent).catch(tell)
  }) as typeof client.query
}
