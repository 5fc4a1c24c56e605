import { isStockbookError } from '@stockbook/client'
import { useRef, useState } from 'react'
import { useFloor } from '../floor.ts'
import { Notice } from '../layout/Notice.tsx'
import type { Words } from '../messages/format.ts'
import type { Found } from '../scanning/findScan.ts'
import { ScanBox } from '../scanning/ScanBox.tsx'
import { useScans } from '../scanning/useScans.ts'
import { commandOf } from './command.ts'
import {
  accept,
  type Draft,
  emptyDraft,
  type LotReason,
  sidesOf,
  type Task,
  wantOf,
  type WrongScan,
} from './draft.ts'
import { LotField } from './LotField.tsx'
import { makeLot } from './makeLot.ts'
import { Places } from './Places.tsx'
import { QuantityField } from './QuantityField.tsx'
import { Result } from './Result.tsx'
import { Slot } from './Slot.tsx'

/** Receives, moves or ships goods: scan them and the places in any order, say how many, confirm. */
export function TaskPage({ task }: { task: Task }) {
  const floor = useFloor()
  const { words, signals, outbox } = floor
  const [draft, setDraft] = useState(emptyDraft)
  const [wrong, setWrong] = useState<string | null>(null)
  const [given, setGiven] = useState<string | null>(null)
  const [isGiving, setIsGiving] = useState(false)
  const confirm = useRef<HTMLButtonElement>(null)
  // Scans may come faster than the page is drawn anew.
  const latest = useRef(draft)
  const want = wantOf(task, draft)
  const sides = sidesOf(task)
  const missingSide = sides.find((side) => draft[side] === null)

  function change(next: Draft): void {
    latest.current = next
    setDraft(next)
    setWrong(null)
  }

  /** Takes what was scanned or picked. With the last of it the next key confirms. */
  function fill(next: Draft): void {
    change(next)
    if (wantOf(task, next) === 'confirm') queueMicrotask(() => confirm.current?.focus())
  }

  function take(found: Found): void {
    const accepted = accept(task, latest.current, found)
    if ('draft' in accepted) {
      signals.taken()
      fill(accepted.draft)
    } else {
      refuse(sayWrong(accepted, words))
    }
  }

  function refuse(text: string): void {
    signals.wrong()
    setWrong(text)
  }

  const scans = useScans(take, refuse)

  async function give(): Promise<void> {
    const complete = latest.current
    if (wantOf(task, complete) !== 'confirm' || isGiving) return
    setIsGiving(true)
    try {
      const lot = complete.lot && (await makeLot(floor.client, complete.product!, complete.lot))
      if (lot !== complete.lot) void floor.readAgain()
      const entry = await outbox.add('movements.post', commandOf(task, { ...complete, lot }))
      setGiven(entry.commandId)
      change(emptyDraft)
    } catch (error) {
      if (!isStockbookError(error)) refuse(words.result.notKept)
      else refuse(words.failure(error, words.result.newLotNeedsNetwork))
    } finally {
      setIsGiving(false)
    }
  }

  return (
    <div className="stack">
      {given !== null && <Result key={given} commandId={given} />}
      {wrong !== null ? (
        <Notice tone="wrong">
          <strong>{wrong}</strong> {words.want[want]}
        </Notice>
      ) : (
        <p className="want" role="status">
          {words.want[want]}
        </p>
      )}
      <ScanBox scans={scans} />
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void give()
        }}
      >
        <div className="card slots">
          <Slot
            name={words.fields.product}
            isWanted={want === 'product'}
            value={draft.product && `${draft.product.name}`}
            more={draft.product?.sku}
          />
          {draft.product?.tracking === 'lot' && (
            <LotField
              product={draft.product}
              lot={draft.lot}
              mayBeNew={task === 'receive'}
              onLot={(lot) => fill({ ...latest.current, lot })}
            />
          )}
          {sides.map((side) => (
            <Slot
              key={side}
              name={words.fields[side]}
              isWanted={want === side}
              value={draft[side]?.code ?? null}
              more={draft[side]?.name}
              onClear={() => change({ ...latest.current, [side]: null })}
            />
          ))}
          {draft.product !== null && (
            <QuantityField
              product={draft.product}
              packaging={draft.packaging}
              quantity={draft.quantity}
              onChange={(counted) => change({ ...latest.current, ...counted })}
            />
          )}
        </div>
        {draft.product !== null && (missingSide !== undefined || want === 'lot') && (
          <Places
            product={draft.product}
            isChosenByLot={task !== 'receive'}
            onPlace={(location, lot) =>
              fill({
                ...latest.current,
                ...(missingSide && { [missingSide]: location }),
                ...(task !== 'receive' && { lot: lot ?? latest.current.lot }),
              })
            }
          />
        )}
        <div className="row bottom">
          <button
            type="button"
            onClick={() => change(emptyDraft)}
            disabled={draft === emptyDraft && wrong === null}
          >
            {words.fields.clear}
          </button>
          <button
            type="submit"
            className="primary grow"
            ref={confirm}
            disabled={want !== 'confirm' || isGiving}
          >
            {words.confirm[task]}
          </button>
        </div>
      </form>
    </div>
  )
}

function sayWrong({ got, what, reason }: WrongScan, words: Words): string {
  return `${words.wrong[got](what)}${reason === null ? '' : ` (${sayLot(reason, words)})`}`
}

function sayLot(reason: LotReason, words: Words): string {
  const days = reason.days.map(words.day).join(' / ')
  return days === '' ? reason.lot : `${reason.lot}: ${days}`
}
