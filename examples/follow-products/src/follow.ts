import { setTimeout as sleep } from 'node:timers/promises'
import { createStockbookClient } from '@stockbook/client'
import { catchUp } from './catchUp.ts'
import { openMirror } from './mirror.ts'

// Keeps a file equal to the products of a Stockbook server, until somebody ends it. Started again, it
// goes on where it was.

const client = createStockbookClient({
  url: setting('STOCKBOOK_URL'),
  auth: { apiKey: setting('STOCKBOOK_API_KEY') },
})
const admin = await client.as('admin')
const mirror = await openMirror(setting('MIRROR_FILE'))

for (;;) {
  await catchUp(admin, mirror)
  await sleep(1_000)
}

function setting(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`Set ${name}.`)
  return value
}
