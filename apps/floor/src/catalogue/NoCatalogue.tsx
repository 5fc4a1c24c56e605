import { useFloor } from '../floor.ts'
import { Notice } from '../layout/Notice.tsx'

/** Says that scans mean nothing to this device, why, and what helps. Nothing where they mean something. */
export function NoCatalogue() {
  const { words, catalogue, isServerAway, readAgain } = useFloor()
  if (catalogue !== null || !isServerAway) return null
  return (
    <div className="above">
      <Notice tone="warning">
        <strong>{words.noCatalogue.title}</strong>
        <p>{words.noCatalogue.effect}</p>
        <p>{words.noCatalogue.remedy}</p>
        <button type="button" onClick={() => void readAgain()}>
          {words.noCatalogue.readNow}
        </button>
      </Notice>
    </div>
  )
}
