import type { ApiOutputs } from '@stockbook/client'
import { useEffect, useState } from 'react'
import type { Location, Product } from '../catalogue/catalogue.ts'
import { useFloor } from '../floor.ts'
import type { ScannedLot } from '../scanning/findScan.ts'
import { lotOf } from '../scanning/findScan.ts'

type Level = ApiOutputs['stock']['levels']['items'][number]

type PlacesProps = {
  product: Product
  /** Goods are taken from there, so that the lot comes with the place. */
  isChosenByLot: boolean
  onPlace: (location: Location, lot: ScannedLot | null) => void
}

/** Where the goods lie, by the server's word: what ends first comes first. Nothing without a network. */
export function Places({ product, isChosenByLot, onPlace }: PlacesProps) {
  const { words, client, catalogue } = useFloor()
  const [levels, setLevels] = useState<Level[] | null>(null)

  useEffect(() => {
    const giveUp = new AbortController()
    client.stock.levels.query({ productId: product.id, limit: 20 }, { signal: giveUp.signal }).then(
      ({ items }) => setLevels(items),
      () => setLevels(null),
    )
    return () => giveUp.abort()
  }, [client, product.id])

  if (levels === null) return null
  const sorted = levels.toSorted((one, other) =>
    (one.expiresOn ?? '~').localeCompare(other.expiresOn ?? '~'),
  )
  return (
    <section className="card" aria-label={words.fields.whereItLies}>
      <h2>{words.fields.whereItLies}</h2>
      {sorted.length === 0 && <p className="quiet">{words.fields.nowhere}</p>}
      <ul className="choices">
        {sorted.map((level) => {
          const location = catalogue?.location(level.locationId)
          if (location === undefined) return null
          const lot = level.lotCode && lotOf(product, level.lotCode, null, catalogue!)
          return (
            <li key={`${level.locationId} ${level.lotId}`}>
              <button
                type="button"
                onClick={() => onPlace(location, isChosenByLot && lot ? lot : null)}
              >
                <strong>{level.locationCode}</strong>{' '}
                {words.fields.inAll(words.number(level.onHand), level.baseUnit)}{' '}
                <span className="quiet">
                  {level.lotCode}{' '}
                  {level.expiresOn !== null && words.fields.expires(words.day(level.expiresOn))}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
