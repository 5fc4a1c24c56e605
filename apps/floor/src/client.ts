import { createStockbookClient } from '@stockbook/client'

/** Calls the server that this page came from, as whoever is signed in there. */
export const client = createStockbookClient({
  url: location.origin,
  auth: { cookie: true },
  // A person stands there and waits.
  timeoutMs: 10_000,
  maxRetries: 1,
})
