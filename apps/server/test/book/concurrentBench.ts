import { listAll, newCommandId, type StockbookClient } from '@stockbook/client'
import { expect } from 'vitest'
import type { TestServer } from '../../src/testing/testServer.ts'
import { makeLocation, makeProduct } from '../../src/testing/warehouse.ts'
import { CountedGoods, type Staff } from './countedGoods.ts'
import type { ConcurrentStep, Turn } from './concurrentSteps.ts'
import type { HeldPlace, HoldsCommand } from './modelHolds.ts'
import { ModelPlaces, type PostInput } from './modelPlaces.ts'
import { bins as binCount, dateOfDay, type LineChoice } from './modelSteps.ts'
import { type Asked, type Decided, emptyState, inSomeOrder, type State } from './someOrder.ts'
import {
  type Mark,
  type Send,
  sendPost,
  type Told,
  toldOfHold,
  toldOfPost,
  withoutMark,
} from './told.ts'

type Operator = StockbookClient<'operator'>

/** A decided command that can be sent again. `input`: it was a post. */
type Sent = Decided & { send: Send; input?: PostInput }

/** The same goods on two servers and in models that take one command after another. */
export class ConcurrentBench {
  private state: State = emptyState()
  private readonly decided: Sent[] = []
  private readonly holds: { id: string; place: HeldPlace }[] = []
  private readonly staff: readonly Staff[]
  private readonly places: ModelPlaces
  private readonly counted: CountedGoods
  private readonly held: { productId: string; bins: readonly string[]; warehouseId: string }
  private readonly seen: Set<string>

  private constructor(
    staff: readonly Staff[],
    places: ModelPlaces,
    counted: CountedGoods,
    held: ConcurrentBench['held'],
    seen: Set<string>,
  ) {
    this.staff = staff
    this.places = places
    this.counted = counted
    this.held = held
    this.seen = seen
  }

  static async open(server: TestServer, staff: readonly Staff[], seen: Set<string>) {
    const { id: warehouseId } = await makeLocation(server.admin, 'warehouse', null)
    const bins: string[] = []
    for (let bin = 0; bin < binCount; bin++) {
      bins.push((await makeLocation(server.admin, 'bin', warehouseId)).id)
    }
    const { id: productId } = await makeProduct(server.admin)
    const held = { productId, bins, warehouseId }
    const places = await ModelPlaces.make(server)
    return new ConcurrentBench(staff, places, await CountedGoods.make(server), held, seen)
  }

  /** Takes all turns at once, then finds an order of them in which the models say the same. */
  async takeAll(turns: readonly Turn[]): Promise<void> {
    const known = [...this.decided]
    this.state = { ...this.state, checks: await this.counted.renew(this.state.checks) }
    const results = await Promise.all(turns.map((turn) => this.take(turn, known)))
    const decided: Decided[] = results.flatMap((one) => one ?? [])
    for (const { told } of decided) {
      this.seen.add(told.is === 'done' ? 'done' : told.code)
      if (told.is === 'done' && told.adjustments) this.seen.add('adjusted')
    }
    const state = inSomeOrder(this.places, this.state, decided)
    if (!state) {
      throw new Error(`No order explains what was told:\n${JSON.stringify(decided, null, 2)}`)
    }
    this.state = state
    this.decided.push(...decided.filter((one): one is Sent => 'send' in one))
    this.holds.push(
      ...decided.flatMap(({ asked, told }) =>
        asked.of === 'holds' && asked.command.do === 'hold' && told.is === 'done'
          ? [{ id: told.holdId!, place: asked.command.place }]
          : [],
      ),
    )
  }

  private async take({ at, step }: Turn, known: readonly Sent[]): Promise<Sent | Decided[] | null> {
    const { operator: here } = this.staff[at]!
    const { operator: there } = this.staff[1 - at]!
    const earlier = 'which' in step && known.length > 0 ? known[step.which % known.length]! : null
    switch (step.do) {
      case 'post':
        return this.once(here, this.postOf(step))
      case 'twice': {
        const command = this.postOf(step)
        const [one, other] = await Promise.all([command.send(here), command.send(there)])
        // One of them did it, the other was told the same.
        expectMarks([one.replayed, other.replayed], [false, true])
        expect(withoutMark(one)).toEqual(withoutMark(other))
        this.seen.add('replayed')
        return { ...command, told: withoutMark(one) }
      }
      case 'clash':
        return this.clash(here, there, step)
      case 'reverseCommand':
        return this.reverse(here, step, known)
      case 'retry':
        if (earlier) await this.retry(here, earlier)
        return null
      case 'reuseId':
        if (earlier?.input) await this.reuseId(here, earlier.input, step.lines)
        return null
      case 'hold':
      case 'release':
      case 'moveHeld':
      case 'shipHeld':
        return this.takeHeld(here, step)
      case 'moveCounted':
      case 'count':
      case 'finishCheck':
        return this.counted.take(this.staff[at]!, step)
    }
  }

  private postOf({ day, lines: choices }: { day: number | null; lines: LineChoice[] }) {
    const { movementIds } = this.state
    const lines = choices.map((one) => this.places.modelLine(one, movementIds.length))
    const input: PostInput = {
      commandId: newCommandId(),
      ...(day !== null && { occurredAt: dateOfDay(day) }),
      lines: lines.map((line) => this.places.realLine(line, movementIds)),
    }
    const asked: Asked = { of: 'book', day, lines }
    return { asked, input, send: sendPost(input) }
  }

  private async once(client: Operator, command: Omit<Sent, 'told'>): Promise<Sent> {
    const { replayed, ...told } = await command.send(client)
    expectMarks([replayed], [false])
    return { ...command, told }
  }

  private async clash(
    here: Operator,
    there: Operator,
    { lines, otherLines }: ConcurrentStep & { do: 'clash' },
  ): Promise<Sent> {
    const one = this.postOf({ day: null, lines })
    const input = {
      ...this.postOf({ day: null, lines: otherLines }).input,
      commandId: one.input.commandId,
      note: 'another command',
    }
    const other = { ...this.postOf({ day: null, lines: otherLines }), input, send: sendPost(input) }
    const [first, second] = await Promise.all([one.send(here), other.send(there)])
    const isReused = (told: Told) => told.is === 'refused' && told.code === 'COMMAND_ID_REUSED'
    expect([isReused(first), isReused(second)].toSorted()).toEqual([false, true])
    this.seen.add('COMMAND_ID_REUSED')
    return isReused(first)
      ? { ...other, told: withoutMark(second) }
      : { ...one, told: withoutMark(first) }
  }

  private async reverse(
    client: Operator,
    { which, day }: ConcurrentStep & { do: 'reverseCommand' },
    known: readonly Sent[],
  ): Promise<Sent | null> {
    const done = known.flatMap(({ told }) => (told.is === 'done' && told.posted) || [])
    if (done.length === 0) return null
    const { commandId: reversedCommandId, movements } = done[which % done.length]!
    const named = movements.map(({ id }) => this.state.movementIds.indexOf(id))
    // Of goods that may be held: those have a model of their own, which takes nothing back.
    if (named.includes(-1)) return null
    const lines = named.map((movement) => ({ kind: 'reversal', movement }) as const)
    const input = {
      commandId: newCommandId(),
      reversedCommandId,
      reason: 'a mistake',
      ...(day !== null && { occurredAt: dateOfDay(day) }),
    }
    const send: Send = (at) => toldOfPost(() => at.movements.reverse.mutate(input))
    return this.once(client, { asked: { of: 'book', day, lines }, send })
  }

  private async retry(client: Operator, { send, told }: Sent): Promise<void> {
    const { replayed, ...again } = await send(client)
    expectMarks([replayed], [true])
    expect(again).toEqual(told)
    this.seen.add(told.is === 'done' ? 'replayed' : 'refusal replayed')
  }

  private async reuseId(client: Operator, { commandId }: PostInput, choices: LineChoice[]) {
    const { input } = this.postOf({ day: null, lines: choices })
    const other = { ...input, commandId, note: 'another command' }
    expect(await sendPost(other)(client)).toMatchObject({ code: 'COMMAND_ID_REUSED' })
    this.seen.add('COMMAND_ID_REUSED')
  }

  private async takeHeld(
    client: Operator,
    step: ConcurrentStep & { do: 'hold' | 'release' | 'moveHeld' | 'shipHeld' },
  ): Promise<Sent | null> {
    const { productId, bins, warehouseId } = this.held
    const commandId = newCommandId()
    if (step.do === 'hold') {
      const { quantity } = step
      const place: HeldPlace = step.place === binCount ? 'all' : step.place
      const locationId = place === 'all' ? warehouseId : bins[place]!
      const input = { commandId, productId, locationId, quantity }
      const send: Send = (at) => toldOfHold(() => at.reservations.hold.mutate(input))
      const command: HoldsCommand = { do: 'hold', id: null, place, quantity }
      return this.once(client, { asked: { of: 'holds', command }, send })
    }
    if (step.do === 'moveHeld') {
      const { type, bin, quantity } = step
      const from = type === 'incoming' ? null : bin
      const to = type === 'incoming' ? bin : type === 'transfer' ? (bin + 1) % binCount : null
      return this.moveHeld(client, { do: 'move', from, to, quantity, id: null })
    }
    if (this.holds.length === 0) return null
    const { id, place } = this.holds[step.which % this.holds.length]!
    const { quantity } = step
    if (step.do === 'release') {
      const input = { commandId, id, ...(quantity !== null && { quantity }) }
      const send: Send = (at) => toldOfHold(() => at.reservations.release.mutate(input))
      return this.once(client, {
        asked: { of: 'holds', command: { do: 'release', id, quantity } },
        send,
      })
    }
    const from = place === 'all' ? step.bin : place
    return this.moveHeld(client, { do: 'move', from, to: null, quantity: step.quantity, id })
  }

  private moveHeld(client: Operator, command: HoldsCommand & { do: 'move' }): Promise<Sent> {
    const { productId, bins } = this.held
    const { from, to, quantity, id: reservationId } = command
    const goods = { productId, quantity }
    const fromLocationId = from === null ? '' : bins[from]!
    const toLocationId = to === null ? '' : bins[to]!
    const line: PostInput['lines'][number] =
      from === null
        ? { type: 'incoming', ...goods, toLocationId }
        : to === null
          ? { type: 'outgoing', ...goods, fromLocationId, reservationId }
          : { type: 'transfer', ...goods, fromLocationId, toLocationId }
    const input = { commandId: newCommandId(), lines: [line] }
    return this.once(client, { asked: { of: 'holds', command }, input, send: sendPost(input) })
  }

  /** What the servers have on hand is what the models have. */
  async compareStock(): Promise<void> {
    for (const { operator: client } of this.staff) {
      const levels: Record<string, number> = {}
      for (const productId of this.places.products) {
        for await (const row of listAll(client.stock.levels, { productId })) {
          levels[this.places.keyOf(row)] = row.onHand
        }
      }
      expect(levels).toEqual(this.state.book.onHand())
      const { productId, bins } = this.held
      const held = bins.map(() => 0)
      for await (const row of listAll(client.stock.levels, { productId })) {
        held[bins.indexOf(row.locationId)] = row.onHand
      }
      expect(held).toEqual(this.state.holds.onHand)
      expect(await this.counted.onHand(client)).toEqual(this.state.checks.onHand)
    }
  }
}

/** In any order. Nothing is known when a server had to be asked again. */
function expectMarks(marks: readonly Mark[], expected: readonly boolean[]): void {
  if (!marks.includes(null)) expect(marks.toSorted()).toEqual(expected)
}
