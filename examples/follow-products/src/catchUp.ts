import { type ApiOutputs, listAll, type StockbookClient } from '@stockbook/client'
import type { Mirror, Product } from './mirror.ts'

type Entry = ApiOutputs['audit']['follow']['items'][number]

/**
 * Brings the mirror up to date. The place is kept only with what lies before it, so whenever the
 * program ends, the next run does the last part again and leaves nothing out.
 */
export async function catchUp(admin: StockbookClient<'admin'>, mirror: Mirror): Promise<void> {
  for (;;) {
    const { items, head, isEnd } = await admin.audit.follow.query({
      after: mirror.head(),
      entities: ['product', 'abc'],
    })
    if (head.position !== mirror.head()?.position) {
      await mirror.keep(await changedProducts(admin, items), head)
    }
    if (isEnd) return
  }
}

/** As they are by now, which may be newer than the entries: then later entries change nothing more. */
async function changedProducts(
  admin: StockbookClient<'admin'>,
  entries: readonly Entry[],
): Promise<Product[]> {
  // New ABC classes are one entry for any number of products.
  if (entries.some(({ entity }) => entity === 'abc')) {
    const all: Product[] = []
    for await (const product of listAll(admin.products.list, { archived: 'all' })) all.push(product)
    return all
  }
  const ids = new Set(entries.map(({ entityId }) => entityId))
  return Promise.all([...ids].map((id) => admin.products.get.query({ id })))
}
