import type { Size } from './plan.ts'

/** For `parseArgs`: how large a book. */
export const sizeOptions = {
  products: { type: 'string' },
  movements: { type: 'string' },
} as const

/** @throws when a number is none, or when there are fewer movements than products */
export function sizeOf(
  values: { products?: string | undefined; movements?: string | undefined },
  otherwise: Size,
): Size {
  const size = {
    products: values.products === undefined ? otherwise.products : Number(values.products),
    movements: values.movements === undefined ? otherwise.movements : Number(values.movements),
  }
  for (const [name, number] of Object.entries(size)) {
    if (!Number.isInteger(number) || number < 1)
      throw new Error(`--${name} wants a whole number, at least 1`)
  }
  if (size.movements < size.products) {
    throw new Error('--movements must be at least --products: every product moves once')
  }
  return size
}
