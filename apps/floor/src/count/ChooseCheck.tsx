import { isStockbookError } from '@stockbook/client'
import { useCallback, useEffect, useState } from 'react'
import { useFloor } from '../floor.ts'
import { Notice } from '../layout/Notice.tsx'
import type { Check } from './useCheck.ts'

type ChooseCheckProps = { onChoose: (id: string) => void; isAway: boolean }

/** The checks that are being counted. */
export function ChooseCheck({ onChoose, isAway }: ChooseCheckProps) {
  const { words, client, isServerAway, endSession } = useFloor()
  const [checks, setChecks] = useState<Check[] | 'away' | null>(null)

  const read = useCallback(() => {
    client.checks.list.query({ status: 'open', limit: 50 }).then(
      ({ items }) => setChecks(items),
      (error: unknown) =>
        isStockbookError(error, 'SIGN_IN_REQUIRED') ? endSession() : setChecks('away'),
    )
  }, [client, endSession])

  useEffect(read, [client, isServerAway])

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
