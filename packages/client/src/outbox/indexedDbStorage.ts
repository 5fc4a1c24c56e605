import { emptyContents, type OutboxContents, type OutboxStorage } from './storage.ts'

const store = 'contents'
const key = 'outbox'

/**
 * Keeps commands in the browser's IndexedDB: over reloads and crashes, for all tabs together.
 * @param name of the database. Default `stockbook-outbox`
 */
export function indexedDbStorage(name = 'stockbook-outbox'): OutboxStorage {
  let opened: Promise<IDBDatabase> | undefined
  let channel: BroadcastChannel | undefined
  const listeners = new Set<() => void>()

  function database(): Promise<IDBDatabase> {
    const forget = () => {
      opened = undefined
    }
    opened ??= open(name, forget).catch((error: unknown) => {
      forget()
      throw error
    })
    return opened
  }

  return {
    name,
    async change(step) {
      const { contents, isChanged } = await changed(await database(), step)
      if (isChanged) channel?.postMessage(null)
      return contents
    },
    watch(listener) {
      if (channel === undefined) {
        channel = new BroadcastChannel(name)
        channel.onmessage = () => {
          for (const each of listeners) each()
        }
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        channel?.close()
        channel = undefined
      }
    },
  }
}

function open(name: string, forget: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(store)
    request.onerror = () => reject(notKept(request.error))
    request.onsuccess = () => {
      const database = request.result
      // The browser closes it when it is deleted, or when a newer page wants another form of it.
      database.onclose = forget
      database.onversionchange = () => {
        forget()
        database.close()
      }
      resolve(database)
    }
  })
}

function changed(
  database: IDBDatabase,
  step: (contents: OutboxContents) => OutboxContents,
): Promise<{ contents: OutboxContents; isChanged: boolean }> {
  return new Promise((resolve, reject) => {
    // Strict: complete means on the disk, for a battery may fail the moment after.
    const transaction = database.transaction(store, 'readwrite', { durability: 'strict' })
    const kept = transaction.objectStore(store)
    let answer: { contents: OutboxContents; isChanged: boolean }
    const reading = kept.get(key)
    reading.onsuccess = () => {
      const before = (reading.result as OutboxContents | undefined) ?? emptyContents
      try {
        const contents = step(before)
        answer = { contents, isChanged: contents !== before }
        if (answer.isChanged) kept.put(contents, key)
      } catch (error) {
        reject(error)
        transaction.abort()
      }
    }
    transaction.oncomplete = () => resolve(answer)
    transaction.onabort = () => reject(notKept(transaction.error))
  })
}

function notKept(cause: unknown): Error {
  return new Error(
    'This browser could not keep the command, so it was not given. Free some storage and try again.',
    { cause },
  )
}
