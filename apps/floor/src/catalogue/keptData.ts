import { openDB } from 'idb'

const store = 'kept'

const database = () =>
  openDB('stockbook-floor', 1, {
    upgrade(created) {
      created.createObjectStore(store)
    },
  })

/** What this device keeps over reloads. `undefined`: nothing, or the browser keeps nothing. */
export async function readKept<T>(key: string): Promise<T | undefined> {
  try {
    return (await (await database()).get(store, key)) as T | undefined
  } catch {
    return undefined
  }
}

/** Keeps a value; quietly not, where the browser keeps nothing: all of it can be read again. */
export async function keep(key: string, value: unknown): Promise<void> {
  try {
    await (await database()).put(store, value, key)
  } catch {}
}
