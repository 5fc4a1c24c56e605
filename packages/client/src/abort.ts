/** Settles as `work` does, or rejects with the signal's reason, whichever comes first. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/**
 * Runs `work` with a signal that is aborted when the caller's signal is, or after `timeoutMs` with the
 * error that `timedOut` makes. Stops waiting at once in both cases, whatever `work` does.
 */
export async function withDeadline<T>(
  limits: { timeoutMs: number; signal: AbortSignal | undefined; timedOut: () => Error },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { timeoutMs, signal, timedOut } = limits
  const controller = new AbortController()
  const stop = () => controller.abort(signal?.reason)
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop, { once: true })
  const timer = setTimeout(() => controller.abort(timedOut()), timeoutMs)
  try {
    return await orAborted(work(controller.signal), controller.signal)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}
