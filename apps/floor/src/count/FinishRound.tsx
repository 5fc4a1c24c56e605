import { useState } from 'react'
import { failureOf } from '../failure.ts'
import { useFloor } from '../floor.ts'
import { Notice, type Tone } from '../layout/Notice.tsx'
import type { Check, OpenedCheck } from './useCheck.ts'

type FinishRoundProps = { check: Check; onRead: (id: string) => Promise<OpenedCheck | null> }

/** Ends the round that is being counted, when a person says so twice. */
export function FinishRound({ check, onRead }: FinishRoundProps) {
  const { words, client, outboxState, signals } = useFloor()
  const [isAsked, setIsAsked] = useState(false)
  const [said, setSaid] = useState<{ tone: Tone; text: string } | null>(null)
  const waits = outboxState.waiting.some(({ path }) => path === 'checks.count')

  async function finish(): Promise<void> {
    setIsAsked(false)
    try {
      const { status } = await client.checks.submit.mutate({ id: check.id })
      signals.done()
      setSaid(
        status === 'open'
          ? { tone: 'warning', text: words.count.again }
          : { tone: 'good', text: words.count.review },
      )
      await onRead(check.id)
    } catch (error) {
      signals.wrong()
      setSaid({ tone: 'wrong', text: words.failure(failureOf(error), words.count.needsNetwork) })
    }
  }

  return (
    <>
      {said !== null && <Notice tone={said.tone}>{said.text}</Notice>}
      {check.status === 'open' && waits && <p className="quiet">{words.count.sendFirst}</p>}
      {check.status === 'open' && !waits && (
        <button type="button" onClick={() => (isAsked ? void finish() : setIsAsked(true))}>
          {isAsked ? words.count.finishSure : words.count.finish}
        </button>
      )}
    </>
  )
}
