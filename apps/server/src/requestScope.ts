import { AsyncLocalStorage } from 'node:async_hooks'

const scope = new AsyncLocalStorage<string>()

/** Runs a request's work so that everything in it knows the request's id. */
export function inRequest<T>(requestId: string, work: () => T): T {
  return scope.run(requestId, work)
}

/** The id of the request that is being answered; in a log line and in the answer it is the same. */
export function currentRequestId(): string {
  return scope.getStore() ?? 'none'
}
