import type { Packaging, Product } from '../catalogue/catalogue.ts'
import { useFloor } from '../floor.ts'
import { baseUnitsOf } from './quantity.ts'

type QuantityFieldProps = {
  product: Pick<Product, 'baseUnit' | 'packagings'>
  packaging: Packaging | null
  quantity: string
  /** The fewest that make sense. Default 1. */
  least?: 0 | 1
  /** Is it what comes next? Then it has the focus at once. Default `false`. */
  isNext?: boolean
  onChange: (counted: { quantity: string; packaging: Packaging | null }) => void
}

/** How many, and of what: base units or one of the product's packagings. */
export function QuantityField(props: QuantityFieldProps) {
  const { product, packaging, quantity, least = 1, isNext = false, onChange } = props
  const { words } = useFloor()
  const units = baseUnitsOf(quantity, packaging, least)
  const step = (by: number) => {
    const next = Math.max(least, Math.floor(Number(quantity.replace(',', '.')) || 0) + by)
    onChange({ quantity: String(next), packaging })
  }
  return (
    <fieldset className="quantity">
      <legend className="name">{words.fields.quantity}</legend>
      <div className="row">
        <button type="button" aria-label={words.fields.less} onClick={() => step(-1)}>
          −
        </button>
        <input
          className="grow number"
          inputMode="decimal"
          aria-label={words.fields.quantity}
          aria-invalid={units === null && quantity !== ''}
          autoComplete="off"
          autoFocus={isNext}
          value={quantity}
          onFocus={({ target }) => target.select()}
          onChange={({ target }) => onChange({ quantity: target.value, packaging })}
        />
        <button type="button" aria-label={words.fields.more} onClick={() => step(1)}>
          +
        </button>
      </div>
      {product.packagings.length > 0 && (
        <div className="row wrap" role="radiogroup" aria-label={words.fields.unit}>
          {[null, ...product.packagings].map((unit) => (
            <label key={unit?.id ?? 'base'} className="chip">
              <input
                type="radio"
                name="unit"
                checked={unit?.id === packaging?.id}
                onChange={() => onChange({ quantity, packaging: unit })}
              />
              {unit === null ? product.baseUnit : `${unit.name} (${words.number(unit.factor)})`}
            </label>
          ))}
        </div>
      )}
      {packaging !== null && units !== null && (
        <output>= {words.fields.inAll(words.number(units), product.baseUnit)}</output>
      )}
    </fieldset>
  )
}
