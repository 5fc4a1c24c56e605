import { lazy, Suspense, useEffect, useMemo, useRef } from 'react'
import { NoCatalogue } from './catalogue/NoCatalogue.tsx'
import { useCatalogue } from './catalogue/useCatalogue.ts'
import { FloorContext, type Floor } from './floor.ts'
import { HomePage } from './HomePage.tsx'
import { Boundary } from './layout/Boundary.tsx'
import { Header } from './layout/Header.tsx'
import { useOutbox } from './outbox/useOutbox.ts'
import { type Route, useRoute } from './route.ts'
import { createSignals } from './signals.ts'
import { TaskPage } from './tasks/TaskPage.tsx'

const loadCount = () => import('./count/CountPage.tsx')
const loadInbox = () => import('./inbox/InboxPage.tsx')
const loadLookup = () => import('./lookup/LookupPage.tsx')
const CountPage = lazy(loadCount)
const InboxPage = lazy(loadInbox)
const LookupPage = lazy(loadLookup)

type WorkplaceProps = Pick<
  Floor,
  'client' | 'user' | 'words' | 'settings' | 'changeSettings' | 'signOut'
> & {
  /** Shows the sign-in form. */
  endSession: () => void
}

/** Everything that somebody who is signed in sees. */
export function Workplace({ endSession, ...props }: WorkplaceProps) {
  const { client, user, settings } = props
  const words = useMemo(() => wordsFor(user, props.words), [user, props.words])
  const route = useRoute()
  const { outbox, state } = useOutbox(user.id, settings.device)
  const { catalogue, failure, readAgain } = useCatalogue(user, client)
  const signals = useMemo(() => createSignals(settings.sound), [settings.sound])
  const main = useRef<HTMLElement>(null)

  const lastDone = state.done.at(-1)?.commandId
  useEffect(() => {
    // What went through shows that the server is there again.
    if (failure !== null) void readAgain()
  }, [lastDone])

  useEffect(() => {
    if (state.activity === 'signIn') endSession()
  }, [state.activity, endSession])

  useEffect(() => {
    // Now, for the network may be gone when they are wanted.
    Promise.all([loadCount(), loadInbox(), loadLookup()]).catch(() => {})
  }, [])

  useEffect(() => {
    document.title = `${titleOf(route, words)} · ${words.appName}`
    // A new page begins at its heading, for the eye and for a screen reader.
    main.current?.focus()
    scrollTo(0, 0)
  }, [route, words])

  const floor: Floor = {
    ...props,
    words,
    outbox,
    outboxState: state,
    catalogue,
    catalogueFailure: failure,
    readAgain,
    signals,
  }
  return (
    <FloorContext value={floor}>
      <Header route={route} title={titleOf(route, words)} />
      <main className="page" ref={main} tabIndex={-1}>
        <NoCatalogue />
        <Boundary key={route}>
          <Suspense fallback={<p role="status">{words.loading}</p>}>
            <PageOf route={route} />
          </Suspense>
        </Boundary>
      </main>
    </FloorContext>
  )
}

/** Whoever is restricted to warehouses has the places of others not in hand: a scan says so. */
function wordsFor({ warehouseIds }: Floor['user'], words: Floor['words']): Floor['words'] {
  if (!warehouseIds) return words
  return { ...words, wrong: { ...words.wrong, unknown: words.wrong.unknownHere } }
}

function PageOf({ route }: { route: Route }) {
  switch (route) {
    case 'home':
      return <HomePage />
    case 'receive':
    case 'move':
    case 'ship':
      return <TaskPage task={route} />
    case 'count':
      return <CountPage />
    case 'lookup':
      return <LookupPage />
    case 'inbox':
      return <InboxPage />
  }
}

function titleOf(route: Route, words: Floor['words']): string {
  if (route === 'home') return words.home.title
  return route === 'inbox' ? words.inbox.title : words.home[route]
}
