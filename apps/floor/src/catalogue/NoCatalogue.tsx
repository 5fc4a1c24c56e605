import { isUnreachable } from '../failure.ts'
import { useFloor } from '../floor.ts'
import { Notice } from '../layout/Notice.tsx'

/** Says that scans mean nothing to this device, why, and what helps. Nothing where they mean something. */
export function NoCatalogue() {
  const { words, catalogue, catalogueFailure: failure, readAgain } = useFloor()
  if (catalogue !== null || failure === null) return null
  const { title, effect, remedy, patience, readNow } = words.noCatalogue
  return (
    <div className="above">
      <Notice tone="warning">
        <strong>
          {words.failure(failure, words.header.offline)} {title}
        </strong>
        <p>{effect}</p>
        <p>{isUnreachable(failure) ? remedy : patience}</p>
        <button type="button" onClick={() => void readAgain()}>
          {readNow}
        </button>
      </Notice>
    </div>
  )
}
