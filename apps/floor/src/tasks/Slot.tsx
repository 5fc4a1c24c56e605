import { useFloor } from '../floor.ts'

type SlotProps = {
  name: string
  /** Is it what the next scan should be? */
  isWanted: boolean
  /** `null`: nothing was scanned for it yet. */
  value: string | null
  more?: string | undefined
  /** Takes the value out again. Absent: it cannot be taken out alone. */
  onClear?: () => void
}

/** One thing that a command needs, and what was scanned for it. */
export function Slot({ name, isWanted, value, more, onClear }: SlotProps) {
  const { words } = useFloor()
  return (
    <div className={`slot ${isWanted ? 'wanted' : ''}`}>
      <span className="name">{name}</span>
      {value === null ? (
        <span className="quiet">{words.fields.missing}</span>
      ) : (
        <span className="value">
          <strong>{value}</strong> {more !== undefined && <span className="quiet">{more}</span>}
        </span>
      )}
      {value !== null && onClear && (
        <button
          type="button"
          className="small"
          aria-label={`${words.fields.clear}: ${name}`}
          onClick={onClear}
        >
          ✕
        </button>
      )}
    </div>
  )
}
