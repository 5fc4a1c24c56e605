import { useState } from 'react'
import type { Product } from '../catalogue/catalogue.ts'
import { useFloor } from '../floor.ts'
import { lotOf, type ScannedLot } from '../scanning/findScan.ts'
import { Slot } from './Slot.tsx'

type LotFieldProps = {
  product: Product
  lot: ScannedLot | null
  /** Goods that come in may bring a lot that nobody has told of. */
  mayBeNew: boolean
  onLot: (lot: ScannedLot | null) => void
}

const mostShown = 12

/** The lot of the goods: scanned with them, chosen from those known, or new. */
export function LotField({ product, lot, mayBeNew, onLot }: LotFieldProps) {
  const { words, catalogue } = useFloor()
  if (lot !== null) {
    return (
      <Slot
        name={words.fields.lot}
        isWanted={false}
        value={lot.code}
        more={lot.expiresOn === null ? undefined : words.fields.expires(words.day(lot.expiresOn))}
        onClear={() => onLot(null)}
      />
    )
  }
  const known = (catalogue?.lotsOf(product.id) ?? [])
    .filter(({ status }) => status === 'available')
    .toSorted((one, other) => (one.expiresOn ?? '~').localeCompare(other.expiresOn ?? '~'))
    .slice(0, mostShown)
  return (
    <div className="slot wanted tall">
      <span className="name">{words.fields.lot}</span>
      <div className="stack">
        {known.length > 0 && (
          <div className="row wrap">
            {known.map(({ id, code, expiresOn }) => (
              <button
                key={id}
                type="button"
                className="chip"
                onClick={() => onLot(lotOf(product, code, null, catalogue!))}
              >
                <strong>{code}</strong>{' '}
                {expiresOn !== null && (
                  <span className="quiet">{words.fields.expires(words.day(expiresOn))}</span>
                )}
              </button>
            ))}
          </div>
        )}
        {mayBeNew && <NewLot product={product} onLot={onLot} />}
      </div>
    </div>
  )
}

function NewLot({ product, onLot }: Pick<LotFieldProps, 'product' | 'onLot'>) {
  const { words, catalogue } = useFloor()
  const [code, setCode] = useState('')
  const [expiresOn, setExpiresOn] = useState('')
  return (
    <fieldset className="stack">
      <legend className="name">{words.fields.newLot}</legend>
      <label className="field">
        {words.fields.lotCode}
        <input value={code} maxLength={64} onChange={({ target }) => setCode(target.value)} />
      </label>
      <label className="field">
        {words.fields.expiresOn}
        <input
          type="date"
          value={expiresOn}
          onChange={({ target }) => setExpiresOn(target.value)}
        />
      </label>
      <button
        type="button"
        disabled={code.trim() === '' || catalogue === null}
        onClick={() => onLot(lotOf(product, code.trim(), expiresOn || null, catalogue!))}
      >
        {words.fields.useLot}
      </button>
    </fieldset>
  )
}
