import type { StockbookClient } from '@stockbook/client'
import type { TestServer } from '../../src/testing/testServer.ts'
import { makeBins, makeLot, makeProduct } from '../../src/testing/warehouse.ts'
import { keyOf, type ModelLine } from './modelBook.ts'
import { bins as binCount, type LineChoice } from './modelSteps.ts'

export type Post = StockbookClient['movements']['post']['mutate']
export type PostInput = Parameters<Post>[0] & { commandId: string }
export type PostLine = PostInput['lines'][number]

export type Place = { productId: string; lotId: string | null; locationId: string }

const caseFactor = 12

/** The real goods and places that the numbers of the model stand for. */
export class ModelPlaces {
  readonly bins: string[]
  readonly products: string[]
  readonly lots: string[]
  private readonly caseId: string

  private constructor(bins: string[], products: string[], lots: string[], caseId: string) {
    this.bins = bins
    this.products = products
    this.lots = lots
    this.caseId = caseId
  }

  /** Two products, one of them tracked by lot, and three bins. */
  static async make({ admin, operator }: TestServer): Promise<ModelPlaces> {
    const plain = await makeProduct(admin, { packagings: [{ name: 'case', factor: caseFactor }] })
    const tracked = await makeProduct(admin, { tracking: 'lot' })
    const lots = [await makeLot(operator, tracked.id), await makeLot(operator, tracked.id)]
    return new ModelPlaces(
      await makeBins(admin, binCount),
      [plain.id, tracked.id],
      lots.map(({ id }) => id),
      plain.packagings[0]!.id,
    )
  }

  /** @param known how many movements there are to be taken back */
  modelLine({ type, product, ...choice }: LineChoice, known: number): ModelLine {
    if (type === 'reversal' && known > 0) {
      return { kind: 'reversal', movement: choice.movement % known }
    }
    const otherBin = (choice.bin + choice.otherBin) % binCount
    const sides = {
      incoming: { type: 'incoming', from: null, to: choice.bin },
      reversal: { type: 'incoming', from: null, to: choice.bin },
      outgoing: { type: 'outgoing', from: choice.bin, to: null },
      transfer: { type: 'transfer', from: choice.bin, to: otherBin },
      found: { type: 'adjustment', from: null, to: choice.bin },
      lost: { type: 'adjustment', from: choice.bin, to: null },
    } as const
    return {
      kind: 'move',
      product,
      lot: product === 0 ? null : choice.lot,
      ...sides[type],
      quantity: choice.quantity,
    }
  }

  /** @param movementIds the real ids of the model's movements */
  realLine(line: ModelLine, movementIds: readonly number[]): PostLine {
    if (line.kind === 'reversal') {
      return { type: 'reversal', movementId: movementIds[line.movement]! }
    }
    const { type, product, lot, from, to, quantity } = line
    const goods = {
      productId: this.products[product]!,
      lotId: lot === null ? null : this.lots[lot]!,
      // Whole and half cases are counted in cases.
      ...(product === 0 && quantity % (caseFactor / 2) === 0
        ? { quantity: String(quantity / caseFactor), packagingId: this.caseId }
        : { quantity }),
    }
    const idOf = (bin: number | null) => (bin === null ? null : this.bins[bin]!)
    const [fromLocationId, toLocationId] = [idOf(from), idOf(to)]
    if (type === 'adjustment')
      return { type, ...goods, fromLocationId, toLocationId, reason: 'counted' }
    if (type === 'incoming') return { type, ...goods, toLocationId: toLocationId! }
    if (type === 'outgoing') return { type, ...goods, fromLocationId: fromLocationId! }
    return { type, ...goods, fromLocationId: fromLocationId!, toLocationId: toLocationId! }
  }

  keyOf({ productId, lotId, locationId }: Place): string {
    return keyOf({
      product: this.products.indexOf(productId),
      lot: lotId === null ? null : this.lots.indexOf(lotId),
      bin: this.bins.indexOf(locationId),
    })
  }
}
