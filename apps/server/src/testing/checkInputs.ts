import { randomUUID } from 'node:crypto'
import type { TestServer } from './testServer.ts'

/** Inputs for the mutations of inventory checks: each works on a check of its own. */
export async function checkInputs({ admin, operator }: TestServer, productId: string) {
  const scope = { productIds: [productId] }
  const openOne = () => admin.checks.open.mutate({ title: 'Shelf', scope })
  const linesOf = async (checkId: string) => (await admin.checks.lines.query({ checkId })).items
  const submitted = async () => {
    const { id } = await openOne()
    const lines = await linesOf(id)
    for (const line of lines) await operator.checks.count.mutate({ lineId: line.id, quantity: 2 })
    await operator.checks.submit.mutate({ id })
    return { id, lineIds: lines.map((line) => line.id) }
  }
  const found = await admin.products.create.mutate({ sku: 'T-9', name: 'Nut', baseUnit: 'piece' })
  const counting = await openOne()
  const [line] = await linesOf(counting.id)
  return {
    open: { title: 'Shelf', scope },
    count: { commandId: randomUUID(), lineId: line!.id, quantity: 3 },
    addLine: { checkId: counting.id, productId: found.id, locationId: line!.locationId },
    submit: { id: (await openOne()).id, skipUncounted: true },
    recount: await submitted(),
    approve: { commandId: randomUUID(), id: (await submitted()).id },
    cancel: { id: (await openOne()).id, reason: 'the shelf is gone' },
  }
}
