import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { useFloor } from '../floor.ts'
import { obstacleOf } from '../outbox/obstacle.ts'
import type { Route } from '../route.ts'
import { Notice, type Tone } from './Notice.tsx'

/** The server takes no times that lie further ahead. */
const clockToleranceMs = 5 * 60_000

export function Header({ route, title }: { route: Route; title: string }) {
  const { words, outboxState, catalogue, catalogueFailure } = useFloor()
  const { waiting, refused, clockAheadMs } = outboxState
  const obstacle = obstacleOf(outboxState)
  const heading = useRef<HTMLHeadingElement>(null)
  const focusHeading = () => heading.current?.focus()
  const isOff = Math.abs(clockAheadMs ?? 0) > clockToleranceMs
  return (
    <header>
      <div className="bar">
        {route !== 'home' && (
          <a className="back" href="#home" aria-label={words.header.home}>
            ←
          </a>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {waiting.length > 0 && (
          <Badge
            tone={outboxState.activity === 'postponed' ? 'warning' : 'plain'}
            label={words.header.waiting(waiting.length)}
            onFocusLost={focusHeading}
          >
            ↑ {words.number(waiting.length)}
          </Badge>
        )}
        {refused.length > 0 && route !== 'inbox' && (
          <Badge tone="wrong" label={words.header.inbox(refused.length)} onFocusLost={focusHeading}>
            ✕ {words.number(refused.length)}
          </Badge>
        )}
      </div>
      {isOff && (
        <Notice tone="warning">
          {words.header.clockWrong(Math.round((clockAheadMs ?? 0) / 60_000))}
        </Notice>
      )}
      {obstacle !== null ? (
        <p className="strip" role="status">
          {words.failure(obstacle, words.header.offline)} {words.header.waiting(waiting.length)}
        </p>
      ) : (
        catalogueFailure !== null &&
        catalogue !== null && (
          <p className="strip" role="status">
            {words.failure(catalogueFailure, words.header.offline)}{' '}
            {words.header.goesOn(words.time(catalogue.readAt))}
          </p>
        )
      )}
    </header>
  )
}

type BadgeProps = {
  tone: Tone
  label: string
  /** It goes, and had the focus. */
  onFocusLost: () => void
  children: ReactNode
}

/** How many commands there are of a kind, for as long as there are any. Leads to them. */
function Badge({ tone, label, onFocusLost, children }: BadgeProps) {
  const link = useRef<HTMLAnchorElement>(null)
  useLayoutEffect(() => {
    const own = link.current
    return () => {
      if (document.activeElement === own) onFocusLost()
    }
  }, [])
  return (
    <a className={`badge ${tone}`} href="#inbox" aria-label={label} ref={link}>
      {children}
    </a>
  )
}
