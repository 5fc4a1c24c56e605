import { listAll, newCommandId, type StockbookClient } from '@stockbook/client'
import type { TestServer } from '../../src/testing/testServer.ts'
import { makeLocation, makeProduct, receive } from '../../src/testing/warehouse.ts'
import { linesOf, openCheck } from '../checks/counting.ts'
import type { CheckStep } from './concurrentSteps.ts'
import { type ChecksCommand, countedBins, type ModelChecks, onHandAtFirst } from './modelChecks.ts'
import type { Decided } from './someOrder.ts'
import { type Told, toldOfApproval, toldOfCount, toldOfPost, toldOfSubmit } from './told.ts'

type Operator = StockbookClient<'operator'>
type Admin = StockbookClient<'admin'>

/** The same server, as who counts and as who approves. */
export type Staff = { operator: Operator; admin: Admin }

/** Goods in a warehouse of their own, which are counted in one check after another. */
export class CountedGoods {
  private readonly server: TestServer
  private readonly productId: string
  private readonly warehouseId: string
  private readonly bins: readonly string[]
  private checkId: string | null = null
  /** The lines of the check, by bin. */
  private lineIds: readonly string[] = []
  /** Bins that are counted in this round: a line that others count again tells only of the last count. */
  private readonly taken = new Set<number>()

  private constructor(
    server: TestServer,
    productId: string,
    warehouseId: string,
    bins: readonly string[],
  ) {
    this.server = server
    this.productId = productId
    this.warehouseId = warehouseId
    this.bins = bins
  }

  static async make(server: TestServer): Promise<CountedGoods> {
    const { admin, operator } = server
    const { id: warehouseId } = await makeLocation(admin, 'warehouse', null)
    const { id: productId } = await makeProduct(admin)
    const bins: string[] = []
    for (let bin = 0; bin < countedBins; bin++) {
      const { id } = await makeLocation(admin, 'bin', warehouseId)
      await receive(operator, productId, id, onHandAtFirst)
      bins.push(id)
    }
    return new CountedGoods(server, productId, warehouseId, bins)
  }

  /** Between two rounds: where a check has come to its end, the next is opened. */
  async renew(model: ModelChecks): Promise<ModelChecks> {
    this.taken.clear()
    if (model.status === 'open') return model
    const { admin, operator } = this.server
    // What was taken since is missing for good: it could not be approved.
    if (model.status === 'review') {
      await admin.checks.cancel.mutate({ id: this.checkId!, reason: 'miscounted' })
    }
    const scope = { locationIds: [this.warehouseId] }
    const { id } = await openCheck(this.server, { scope, includeZero: true })
    const lines = await linesOf(operator, id)
    this.checkId = id
    this.lineIds = this.bins.map((bin) => lines.find((one) => one.locationId === bin)!.id)
    return model.renewed()
  }

  async take({ operator, admin }: Staff, step: CheckStep): Promise<Decided[]> {
    if (step.do === 'moveCounted') return this.move(operator, step)
    const id = this.checkId!
    if (step.do === 'count') {
      const { bin, quantity } = step
      if (this.taken.has(bin)) return []
      this.taken.add(bin)
      const input = { commandId: newCommandId(), lineId: this.lineIds[bin]!, quantity }
      const told = await toldOfCount(() => operator.checks.count.mutate(input))
      return [decided({ do: 'count', bin, quantity }, told)]
    }
    const { skipUncounted } = step
    const submitted = await toldOfSubmit(() => operator.checks.submit.mutate({ id, skipUncounted }))
    const commandId = newCommandId()
    const approved = await toldOfApproval(() => admin.checks.approve.mutate({ id, commandId }))
    return [
      decided({ do: 'submit', skipUncounted }, submitted),
      decided({ do: 'approve' }, approved),
    ]
  }

  private async move(
    operator: Operator,
    { type, bin, quantity }: CheckStep & { do: 'moveCounted' },
  ): Promise<Decided[]> {
    const from = type === 'incoming' ? null : bin
    const to = type === 'incoming' ? bin : type === 'transfer' ? (bin + 1) % countedBins : null
    const goods = { productId: this.productId, quantity }
    const [fromLocationId, toLocationId] = [this.bins[from ?? bin]!, this.bins[to ?? bin]!]
    const line =
      type === 'incoming'
        ? { type, ...goods, toLocationId }
        : type === 'outgoing'
          ? { type, ...goods, fromLocationId }
          : { type, ...goods, fromLocationId, toLocationId }
    const input = { commandId: newCommandId(), lines: [line] }
    const told = await toldOfPost(() => operator.movements.post.mutate(input))
    return [decided({ do: 'move', from, to, quantity }, told)]
  }

  /** What a server has on hand, bin by bin. */
  async onHand(client: Operator): Promise<number[]> {
    const levels = this.bins.map(() => 0)
    for await (const row of listAll(client.stock.levels, { productId: this.productId })) {
      levels[this.bins.indexOf(row.locationId)] = row.onHand
    }
    return levels
  }
}

const decided = (command: ChecksCommand, { replayed: _, ...told }: Told & { replayed: unknown }) =>
  ({ asked: { of: 'checks', command }, told }) satisfies Decided
