import { useState } from 'react'
import { failureOf } from '../failure.ts'
import { useFloor } from '../floor.ts'
import { Notice } from '../layout/Notice.tsx'
import type { Found } from '../scanning/findScan.ts'
import { ScanBox } from '../scanning/ScanBox.tsx'
import { useScans } from '../scanning/useScans.ts'
import { Result } from '../tasks/Result.tsx'
import { CountForm } from './CountForm.tsx'
import { FinishRound } from './FinishRound.tsx'
import { type Aim, aimAt, givenCounts, isToCount, matchingLines, noAim } from './findLine.ts'
import type { CheckLine, OpenedCheck } from './useCheck.ts'

type OpenedCheckViewProps = {
  opened: OpenedCheck
  onRead: (id: string) => Promise<OpenedCheck | null>
  onClose: () => void
}

const mostShown = 20

/** Counts one line after the other: scanned, or picked from the list in walking order. */
export function OpenedCheckView({ opened, onRead, onClose }: OpenedCheckViewProps) {
  const { words, signals, outbox, outboxState, client, catalogue } = useFloor()
  const { check, lines, readAt } = opened
  const [aim, setAim] = useState(noAim)
  const [lineId, setLineId] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const [found, setFound] = useState<Aim | null>(null)
  const [given, setGiven] = useState<string | null>(null)
  const counted = givenCounts(outboxState, readAt)
  const toCount = lines.filter((line) => isToCount(line, counted))
  const line = lines.find(({ id }) => id === lineId)
  const shown = aim === noAim ? toCount : matchingLines(lines, aim)

  function take(scanned: Found): void {
    const step = aimAt(lines, aim, scanned)
    const name = scanned.kind === 'product' ? scanned.product.name : scanned.location.code
    if (step.kind === 'notInCheck') return refuse(words.wrong.notInCheck(name))
    if (step.kind === 'elsewhere') {
      const place = step.aim.locationId && catalogue?.location(step.aim.locationId)?.code
      if (!place) return refuse(`${words.wrong.notInCheck(name)} ${words.count.scanPlaceFirst}`)
      return refuse(words.count.notHere(name, place), step.aim)
    }
    signals.taken()
    aimHere(step.aim, step.matching)
  }

  function aimHere(next: Aim, matching: readonly CheckLine[]): void {
    setAim(next)
    setWrong(null)
    setFound(null)
    setLineId(matching.length === 1 ? matching[0]!.id : null)
  }

  /** @param elsewhere what could be added to the check as it was found */
  function refuse(text: string, elsewhere: Aim | null = null): void {
    signals.wrong()
    setWrong(text)
    setFound(elsewhere)
  }

  const scans = useScans(take, refuse)

  async function give(quantity: number): Promise<void> {
    try {
      const entry = await outbox.add('checks.count', { lineId: line!.id, quantity })
      setGiven(entry.commandId)
      // The next goods probably lie at the same place.
      setAim(noAim)
      setLineId(null)
    } catch {
      refuse(words.result.notKept)
    }
  }

  async function addFound(elsewhere: Aim): Promise<void> {
    const { locationId, productId, lotCode } = elsewhere
    const lot = catalogue?.lotsOf(productId!).find(({ code }) => code === lotCode)
    try {
      const added = await client.checks.addLine.mutate({
        checkId: check.id,
        productId: productId!,
        locationId: locationId!,
        lotId: lot?.id ?? null,
      })
      await onRead(check.id)
      setFound(null)
      setWrong(null)
      setLineId(added.id)
    } catch (error) {
      refuse(words.failure(failureOf(error), words.count.needsNetwork), elsewhere)
    }
  }

  return (
    <div className="stack">
      {given !== null && <Result key={given} commandId={given} />}
      {wrong !== null && (
        <Notice tone="wrong">
          <strong>{wrong}</strong> {found === null && words.count.scanLine}
          {found !== null && (
            <button type="button" onClick={() => void addFound(found)}>
              {words.count.addFound}
            </button>
          )}
        </Notice>
      )}
      <section className="card stack">
        <h2>{check.title}</h2>
        <progress max={lines.length} value={lines.length - toCount.length} aria-hidden="true" />
        <p>{words.count.left(toCount.length, lines.length)}</p>
        {check.isBlind && <p className="quiet">{words.count.blind}</p>}
      </section>
      <p className="want" role="status">
        {line ? words.count.enter : aim === noAim ? words.count.scanLine : words.count.which}
      </p>
      <ScanBox scans={scans} />
      {line === undefined ? (
        <LineList
          lines={shown.slice(0, mostShown)}
          counted={counted}
          onPick={({ id }) => {
            setWrong(null)
            setLineId(id)
          }}
        />
      ) : (
        <CountForm
          key={line.id}
          line={line}
          onCounted={give}
          onClear={() => {
            setAim(noAim)
            setLineId(null)
          }}
        />
      )}
      <FinishRound check={check} onRead={onRead} />
      <button type="button" onClick={onClose}>
        {words.count.others}
      </button>
    </div>
  )
}

type LineListProps = {
  lines: readonly CheckLine[]
  counted: ReadonlyMap<string, number>
  onPick: (line: CheckLine) => void
}

function LineList({ lines, counted, onPick }: LineListProps) {
  const { words } = useFloor()
  if (lines.length === 0) return null
  return (
    <section className="stack">
      <h2>{words.count.lines}</h2>
      <ul className="choices">
        {lines.map((line) => (
          <li key={line.id}>
            <button type="button" onClick={() => onPick(line)}>
              <strong>{line.locationCode}</strong> {line.productName}{' '}
              <span className="quiet">{line.lotCode}</span>
              {!isToCount(line, counted) && <span aria-hidden="true"> ✓</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
