import { useEffect, useState } from 'react'
import { type Failure, failureOf } from '../failure.ts'
import { useFloor } from '../floor.ts'
import { Notice } from '../layout/Notice.tsx'
import type { Check } from './useCheck.ts'

type ChooseCheckProps = {
  onChoose: (id: string) => void
  /** Why the check that was chosen could not be read. `null`: it could, or none was chosen. */
  failure: Failure | null
}

/** A list that could not be had is asked for again after so long. */
const retryAfterMs = 5_000

/** The checks that are being counted. */
export function ChooseCheck({ onChoose, failure }: ChooseCheckProps) {
  const { words, client } = useFloor()
  const [checks, setChecks] = useState<Check[] | null>(null)
  const [listFailure, setListFailure] = useState<Failure | null>(null)

  function read(): void {
    client.checks.list.query({ status: 'open', limit: 50 }).then(
      ({ items }) => {
        setChecks(items)
        setListFailure(null)
      },
      (error: unknown) => setListFailure(failureOf(error)),
    )
  }

  const isToRepeat = listFailure !== null
  useEffect(() => {
    read()
    if (!isToRepeat) return
    const timer = setInterval(read, retryAfterMs)
    addEventListener('online', read)
    return () => {
      clearInterval(timer)
      removeEventListener('online', read)
    }
  }, [isToRepeat])

  if (listFailure !== null) {
    return (
      <Notice tone="wrong">
        {words.failure(listFailure, words.count.needsNetwork)}
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
      {failure !== null && (
        <Notice tone="wrong">{words.failure(failure, words.count.needsNetwork)}</Notice>
      )}
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
