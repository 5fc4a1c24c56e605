import { localStorageStore, type Store } from 'react-admin'

const appKey = 'Stockbook'

/** What react-admin's store puts before every key. */
const prefix = `RaStore${appKey}.`

/** What is remembered of where somebody was: the next one at this browser starts anew. */
const ofSession = ['.selectedIds', '.listParams']

/**
 * Keeps language, theme, columns and saved filters in the browser. They outlive signing out, which
 * in react-admin's own store they do not.
 */
export function createPanelStore(): Store {
  const store = localStorageStore(undefined, appKey)
  return {
    ...store,
    reset() {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(prefix) && ofSession.some((end) => key.endsWith(end))) {
          store.removeItem(key.slice(prefix.length))
        }
      }
    },
  }
}
