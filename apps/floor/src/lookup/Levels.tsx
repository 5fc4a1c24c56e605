import type { ApiOutputs } from '@stockbook/client'
import { useFloor } from '../floor.ts'

type LevelsProps = { levels: ApiOutputs['stock']['levels']['items']; showProduct?: boolean }

/** What is on hand: of a product by place, or at a place by product. */
export function Levels({ levels, showProduct = false }: LevelsProps) {
  const { words } = useFloor()
  if (levels.length === 0) {
    return <p>{showProduct ? words.lookup.nothingHere : words.fields.nowhere}</p>
  }
  const hasLots = levels.some(({ lotId }) => lotId !== null)
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{showProduct ? words.fields.product : words.lookup.place}</th>
          {hasLots && <th scope="col">{words.fields.lot}</th>}
          <th scope="col" className="number">
            {words.lookup.onHand}
          </th>
        </tr>
      </thead>
      <tbody>
        {levels.map((level) => (
          <tr key={`${level.productId} ${level.locationId} ${level.lotId}`}>
            <td>{showProduct ? level.productName : level.locationCode}</td>
            {hasLots && (
              <td>
                {level.lotCode}{' '}
                {level.expiresOn !== null && (
                  <span className="quiet">{words.fields.expires(words.day(level.expiresOn))}</span>
                )}
              </td>
            )}
            <td className="number">
              {words.number(level.onHand)} {showProduct && level.baseUnit}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
