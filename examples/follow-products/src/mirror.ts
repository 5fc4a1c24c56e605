import { readFile, rename, writeFile } from 'node:fs/promises'
import type { ApiOutputs } from '@stockbook/client'

export type Product = ApiOutputs['products']['get']
export type Head = ApiOutputs['audit']['follow']['head']

/** The other system: here a file, that holds the products and the place up to which they are known. */
export type Mirror = {
  /** Behind which place to go on. Undefined: it has nothing yet. */
  head(): Head | undefined
  /** Keeps the products as they are now together with the place: both, or neither. */
  keep(products: readonly Product[], head: Head): Promise<void>
}

type Kept = { head?: Head; products: Record<string, Product> }

export async function openMirror(file: string): Promise<Mirror> {
  let kept: Kept = await readFile(file, 'utf8').then(JSON.parse, (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return { products: {} }
    throw error
  })
  return {
    head: () => kept.head,
    async keep(products, head) {
      const changed = Object.fromEntries(products.map((product) => [product.id, product]))
      kept = { head, products: { ...kept.products, ...changed } }
      // Under its name there is never half a file, whenever this program ends.
      await writeFile(`${file}.new`, JSON.stringify(kept))
      await rename(`${file}.new`, file)
    },
  }
}
