import type { OutboxEntry, OutboxState } from '@stockbook/client/outbox'
import { useEffect, useRef, useState } from 'react'
import { isUnreachable } from '../failure.ts'
import { useFloor } from '../floor.ts'
import { Notice, type Tone } from '../layout/Notice.tsx'
import { describeEntry } from '../outbox/describe.ts'
import { obstacleOf } from '../outbox/obstacle.ts'

/** So long a command can be taken back where it was given. */
const undoMs = 60_000

/** What became of the command that was given last, and how to take it back. */
export function Result({ commandId }: { commandId: string }) {
  const { words, outbox, outboxState, catalogue, signals } = useFloor()
  const [reversalId, setReversalId] = useState<string | null>(null)
  const [isWithdrawn, setIsWithdrawn] = useState(false)
  const [isUndoable, setIsUndoable] = useState(true)
  const box = useRef<HTMLDivElement>(null)
  const entry = entryOf(outboxState, commandId)
  const reversal = reversalId === null ? undefined : entryOf(outboxState, reversalId)
  const shown = reversal ?? entry
  const fate = shown && fateOf(shown, outboxState)

  // The button that was pressed is gone or does nothing now: the next key finds what is to be done.
  useEffect(() => box.current?.focus(), [reversalId, isWithdrawn])

  useEffect(() => {
    const timer = setTimeout(() => setIsUndoable(false), undoMs)
    return () => clearTimeout(timer)
  }, [])

  useEffect(() => {
    if (fate === 'refused') signals.wrong()
    else if (fate === 'done' || fate === 'kept') signals.done()
  }, [fate, signals])

  async function undo(): Promise<void> {
    setIsUndoable(false)
    if (await outbox.withdraw(commandId)) {
      signals.done()
      return setIsWithdrawn(true)
    }
    const taken = await outbox.add('movements.reverse', {
      reversedCommandId: commandId,
      reason: words.result.undoReason,
    })
    setReversalId(taken.commandId)
  }

  function told() {
    if (isWithdrawn) return <Notice tone="good">{words.result.undone}</Notice>
    if (shown === undefined || fate === undefined) return null
    const done = reversal ? words.result.undone : words.result.done
    const obstacle = obstacleOf(outboxState)
    const kept =
      obstacle === null || isUnreachable(obstacle) ? words.result.kept : words.result.keptForServer
    const heading = { ...words.result, done, kept }[fate]
    return (
      <Notice tone={tones[fate]}>
        <strong>{heading}</strong>
        {entry !== undefined && <p>{describeEntry(entry, catalogue, words)}</p>}
        {shown.status === 'refused' && (
          <p>
            {words.failure(shown.failure)} <a href="#inbox">{words.result.toInbox}</a>
          </p>
        )}
        {isUndoable && entry?.path === 'movements.post' && (fate === 'done' || fate === 'kept') && (
          <button type="button" onClick={() => void undo()}>
            {words.result.undo}
          </button>
        )}
      </Notice>
    )
  }

  return (
    <div ref={box} tabIndex={-1}>
      {told()}
    </div>
  )
}

type Fate = 'sending' | 'kept' | 'done' | 'refused'

const tones: Readonly<Record<Fate, Tone>> = {
  sending: 'plain',
  kept: 'warning',
  done: 'good',
  refused: 'wrong',
}

function fateOf(entry: OutboxEntry, { activity }: OutboxState): Fate {
  if (entry.status !== 'waiting') return entry.status
  return activity === 'postponed' ? 'kept' : 'sending'
}

function entryOf(state: OutboxState, commandId: string): OutboxEntry | undefined {
  const all: readonly OutboxEntry[] = [...state.waiting, ...state.refused, ...state.done]
  return all.find((entry) => entry.commandId === commandId)
}
