import { useEffect, useState } from 'react'
import { useFloor } from '../floor.ts'
import { Notice } from '../layout/Notice.tsx'
import type { Check } from './useCheck.ts'

type ChooseCheckProps = { onChoose: (id: string) => void; isAway: boolean }

/** A list that could not be had is asked for again after so long. */
const retryAfterMs = 5_000

/** The checks that are being counted. */
export function ChooseCheck({ onChoose, isAway }: ChooseCheckProps) {
  const { words, client } = useFloor()
  const [checks, setChecks] = useState<Check[] | 'away' | null>(null)

  function read(): void {
    client.checks.list.query({ status: 'open', limit: 50 }).then(
      ({ items }) => setChecks(items),
      () => setChecks('away'),
    )
  }

  const isListAway = checks === 'away'
  useEffect(() => {
    read()
    if (!isListAway) return
    const timer = setInterval(read, retryAfterMs)
    addEventListener('online', read)
    return () => {
      clearInterval(timer)
      removeEventListener('online', read)
    }
  }, [isListAway])

  if (checks === 'away') {
    return (
      <Notice tone="wrong">
        {words.count.needsNetwork}
        <button type="button" onClick={read}>
          {words.noCatalogue.readNow}
        </button>
      </Notice>
    )
  }
  if (checks === null) return <p role="status">{words.loading}</p>
  if (checks.length === 0) return <Notice tone="plain">{words.count.none}</Notice>
  return (
    <div className="stack">
      {isAway && <Notice tone="wrong">{words.count.needsNetwork}</Notice>}
      <p className="want">{words.count.choose}</p>
      <ul className="choices">
        {checks.map(({ id, title, toCount, lines }) => (
          <li key={id}>
            <button type="button" onClick={() => onChoose(id)}>
              <strong>{title}</strong>{' '}
              <span className="quiet">{words.count.left(toCount, lines)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
