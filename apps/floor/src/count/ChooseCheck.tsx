import { useEffect, useState } from 'react'
import { useFloor } from '../floor.ts'
import { Notice } from '../layout/Notice.tsx'
import type { Check } from './useCheck.ts'

type ChooseCheckProps = { onChoose: (id: string) => void; isAway: boolean }

/** The checks that are being counted. */
export function ChooseCheck({ onChoose, isAway }: ChooseCheckProps) {
  const { words, client } = useFloor()
  const [checks, setChecks] = useState<Check[] | 'away' | null>(null)

  useEffect(() => {
    client.checks.list.query({ status: 'open', limit: 50 }).then(
      ({ items }) => setChecks(items),
      () => setChecks('away'),
    )
  }, [client])

  if (isAway || checks === 'away') return <Notice tone="wrong">{words.count.needsNetwork}</Notice>
  if (checks === null) return <p role="status">{words.loading}</p>
  if (checks.length === 0) return <Notice tone="plain">{words.count.none}</Notice>
  return (
    <div className="stack">
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
