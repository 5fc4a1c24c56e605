import { createStockbookClient } from '@stockbook/client'

/** The panel is served by the server itself; the browser keeps the session where no script can read it. */
export const client = createStockbookClient({
  url: window.location.origin,
  auth: { cookie: true },
})
