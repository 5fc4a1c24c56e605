import type { OutboxEntry } from '@stockbook/client/outbox'
import { useState } from 'react'
import { useFloor } from '../floor.ts'
import { Notice } from '../layout/Notice.tsx'
import { describeEntry } from '../outbox/describe.ts'
import { withQuantity } from './withQuantity.ts'

/** What the server refused, for a person to decide; and what waits, and what went through. */
export default function InboxPage() {
  const { words, outbox, outboxState } = useFloor()
  const { refused, waiting, done } = outboxState
  return (
    <div className="stack">
      {refused.length === 0 ? (
        <Notice tone="good">{words.inbox.empty}</Notice>
      ) : (
        <p>{words.inbox.intro}</p>
      )}
      <ul className="stack">
        {refused.map((entry) => (
          <li key={entry.commandId} className="card">
            <Refused entry={entry} />
          </li>
        ))}
      </ul>
      {waiting.length > 0 && (
        <section className="stack">
          <h2>{words.inbox.waitingTitle}</h2>
          <Entries entries={waiting} />
          <button type="button" onClick={() => outbox.send()}>
            {words.inbox.sendNow}
          </button>
        </section>
      )}
      {done.length > 0 && (
        <section className="stack">
          <h2>{words.inbox.doneTitle}</h2>
          <Entries entries={done.slice(-5).toReversed()} />
        </section>
      )}
    </div>
  )
}

function Entries({ entries }: { entries: readonly OutboxEntry[] }) {
  const { words, catalogue } = useFloor()
  return (
    <ul className="card lines">
      {entries.map((entry) => (
        <li key={entry.commandId}>
          {describeEntry(entry, catalogue, words)}{' '}
          <span className="quiet">{words.time(entry.addedAt)}</span>
        </li>
      ))}
    </ul>
  )
}

function Refused({ entry }: { entry: Extract<OutboxEntry, { status: 'refused' }> }) {
  const { words, outbox, catalogue } = useFloor()
  const [asked, setAsked] = useState<'nothing' | 'discard' | 'quantity'>('nothing')
  const { commandId } = entry
  const name = describeEntry(entry, catalogue, words)
  return (
    <div className="stack">
      <strong>{name}</strong>
      <p className="fault">{words.failure(entry.failure)}</p>
      {entry.isUncertain && <p>{words.inbox.uncertain}</p>}
      <p className="quiet">{words.inbox.given(words.time(entry.addedAt))}</p>
      {asked === 'nothing' && (
        <div className="row wrap">
          <button type="button" className="primary" onClick={() => void outbox.retry(commandId)}>
            {words.inbox.retry}
          </button>
          {withQuantity(entry, 1) !== null && !entry.isUncertain && (
            <button type="button" onClick={() => setAsked('quantity')}>
              {words.inbox.replace}
            </button>
          )}
          <button type="button" onClick={() => setAsked('discard')}>
            {words.inbox.discard}
          </button>
        </div>
      )}
      {asked === 'discard' && (
        <div className="row wrap">
          <button type="button" className="danger" onClick={() => void outbox.discard(commandId)}>
            {words.inbox.discardSure}
          </button>
          <button type="button" onClick={() => setAsked('nothing')}>
            {words.inbox.keep}
          </button>
        </div>
      )}
      {asked === 'quantity' && <NewQuantity entry={entry} onCancel={() => setAsked('nothing')} />}
    </div>
  )
}

function NewQuantity({ entry, onCancel }: { entry: OutboxEntry; onCancel: () => void }) {
  const { words, outbox } = useFloor()
  const [text, setText] = useState('')
  const quantity = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        const input = quantity === null ? null : withQuantity(entry, quantity)
        if (input !== null) void outbox.replace(entry.commandId, 'movements.post', input)
      }}
    >
      <label className="field">
        {words.inbox.newQuantity}
        <input
          inputMode="numeric"
          autoFocus
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <div className="row wrap">
        <button type="submit" className="primary" disabled={quantity === null}>
          {words.inbox.replaceConfirm}
        </button>
        <button type="button" onClick={onCancel}>
          {words.inbox.keep}
        </button>
      </div>
    </form>
  )
}
