import { useFloor } from '../floor.ts'
import { obstacleOf } from '../outbox/obstacle.ts'
import type { Route } from '../route.ts'
import { Notice } from './Notice.tsx'

/** The server takes no times that lie further ahead. */
const clockToleranceMs = 5 * 60_000

export function Header({ route, title }: { route: Route; title: string }) {
  const { words, outboxState, catalogue, catalogueFailure } = useFloor()
  const { waiting, refused, clockAheadMs } = outboxState
  const obstacle = obstacleOf(outboxState)
  const isOff = Math.abs(clockAheadMs ?? 0) > clockToleranceMs
  return (
    <header>
      <div className="bar">
        {route !== 'home' && (
          <a className="back" href="#home" aria-label={words.header.home}>
            ←
          </a>
        )}
        <h1>{title}</h1>
        <OutboxBadge />
        {refused.length > 0 && route !== 'inbox' && (
          <a className="badge wrong" href="#inbox" aria-label={words.header.inbox(refused.length)}>
            ✕ {words.number(refused.length)}
          </a>
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

function OutboxBadge() {
  const { words, outboxState } = useFloor()
  const { waiting, activity } = outboxState
  if (waiting.length === 0) return null
  return (
    <a
      className={`badge ${activity === 'postponed' ? 'warning' : 'plain'}`}
      href="#inbox"
      aria-label={words.header.waiting(waiting.length)}
    >
      ↑ {words.number(waiting.length)}
    </a>
  )
}
