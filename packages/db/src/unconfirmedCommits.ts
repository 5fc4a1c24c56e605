import type pg from 'pg'

/** Written here, but nobody knows whether a standby has it: after a failover it may be gone. */
export class UnconfirmedCommit extends Error {
  constructor() {
    super('the wait for a standby to confirm a commit was cut short')
  }
}

/** The function of PostgreSQL that warns of it. Its words depend on the server's language. */
const waitForStandby = 'SyncRepWaitForLSN'

type Callback = (error: unknown, result?: unknown) => void

/**
 * Makes statements of this connection fail when they were committed without the confirmation of a
 * synchronous standby that they had to wait for. PostgreSQL only warns of that, and calls it a success.
 */
export function failUnconfirmedCommits(client: pg.ClientBase): void {
  let isUnconfirmed = false
  client.on('notice', ({ routine }) => {
    if (routine === waitForStandby) isUnconfirmed = true
  })
  function takeFault(): UnconfirmedCommit | null {
    const fault = isUnconfirmed ? new UnconfirmedCommit() : null
    isUnconfirmed = false
    return fault
  }
  const send = client.query.bind(client) as (...args: readonly unknown[]) => unknown
  client.query = ((...args: readonly unknown[]) => {
    const callback = args.at(-1)
    if (typeof callback === 'function') {
      const confirmed: Callback = (error, result) =>
        (callback as Callback)(error ?? takeFault(), result)
      return send(...args.slice(0, -1), confirmed)
    }
    const sent = send(...args)
    if (!(sent instanceof Promise)) return sent
    return sent.then((result: unknown) => {
      const fault = takeFault()
      if (fault) throw fault
      return result
    })
  }) as typeof client.query
}
