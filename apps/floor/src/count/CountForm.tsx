import { useState } from 'react'
import type { Packaging } from '../catalogue/catalogue.ts'
import { useFloor } from '../floor.ts'
import { QuantityField } from '../tasks/QuantityField.tsx'
import { baseUnitsOf } from '../tasks/quantity.ts'
import { Slot } from '../tasks/Slot.tsx'
import type { CheckLine } from './useCheck.ts'

type CountFormProps = {
  line: CheckLine
  /** Gets base units. */
  onCounted: (quantity: number) => Promise<void>
  onClear: () => void
}

/** Takes how many there are of one line. Nothing is proposed: what is proposed is not counted. */
export function CountForm({ line, onCounted, onClear }: CountFormProps) {
  const { words, catalogue } = useFloor()
  const [quantity, setQuantity] = useState('')
  const [packaging, setPackaging] = useState<Packaging | null>(null)
  const [isGiving, setIsGiving] = useState(false)
  const units = baseUnitsOf(quantity, packaging, 0)
  const { expected } = line
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (units === null || isGiving) return
        setIsGiving(true)
        void onCounted(units).finally(() => setIsGiving(false))
      }}
    >
      <div className="card slots">
        <Slot name={words.lookup.place} isWanted={false} value={line.locationCode} />
        <Slot
          name={words.fields.product}
          isWanted={false}
          value={line.productName}
          more={line.sku}
        />
        {line.lotCode !== null && (
          <Slot name={words.fields.lot} isWanted={false} value={line.lotCode} />
        )}
        {expected !== null && (
          <p className="quiet">
            {words.count.expected(words.fields.inAll(words.number(expected), line.baseUnit))}
          </p>
        )}
        <QuantityField
          product={{
            baseUnit: line.baseUnit,
            packagings: catalogue?.product(line.productId)?.packagings ?? [],
          }}
          packaging={packaging}
          quantity={quantity}
          least={0}
          isNext
          onChange={(counted) => {
            setQuantity(counted.quantity)
            setPackaging(counted.packaging)
          }}
        />
      </div>
      <div className="row bottom">
        <button type="button" onClick={onClear}>
          {words.fields.clear}
        </button>
        <button type="submit" className="primary grow" disabled={units === null || isGiving}>
          {words.confirm.count}
        </button>
      </div>
    </form>
  )
}
