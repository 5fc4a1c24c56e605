import type { ApiOutputs } from '@stockbook/client'
import { useFloor } from '../floor.ts'

type MovementsProps = { movements: ApiOutputs['stock']['history']['items'] }

/** The last movements of a product, newest first. */
export function Movements({ movements }: MovementsProps) {
  const { words, catalogue } = useFloor()
  if (movements.length === 0) return <p>{words.lookup.noMovements}</p>
  const place = (id: string | null) => (id === null ? '' : (catalogue?.location(id)?.code ?? '?'))
  return (
    <ul className="lines">
      {movements.map((movement) => (
        <li key={movement.id}>
          <div className="ends">
            <span>
              <strong>{words.lookup[movement.type]}</strong>{' '}
              {[place(movement.fromLocationId), place(movement.toLocationId)]
                .filter(Boolean)
                .join(' → ')}
            </span>
            <strong>{words.number(movement.quantity)}</strong>
          </div>
          <div className="quiet">
            {words.time(movement.occurredAt)} · {movement.actorName}
          </div>
        </li>
      ))}
    </ul>
  )
}
