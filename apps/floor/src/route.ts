import { useSyncExternalStore } from 'react'

const routes = ['home', 'receive', 'move', 'ship', 'count', 'lookup', 'inbox'] as const

export type Route = (typeof routes)[number]

/** Where the page is: the part of its address after `#`, so that it opens without a network too. */
export function useRoute(): Route {
  return useSyncExternalStore(
    (listener) => {
      addEventListener('hashchange', listener)
      return () => removeEventListener('hashchange', listener)
    },
    () => routes.find((route) => location.hash === `#${route}`) ?? 'home',
  )
}
