import { randomUUID } from 'node:crypto'
import { isStockbookError, listAll, newCommandId, type StockbookClient } from '@stockbook/client'
import { expect } from 'vitest'
import type { TestServer } from '../../src/testing/testServer.ts'
import { ModelBook, type Moment, type Verdict } from './modelBook.ts'
import { ModelPlaces, type Place, type Post, type PostInput, type PostLine } from './modelPlaces.ts'
import { dateOfDay, days, type LineChoice, type Step } from './modelSteps.ts'

type Answer = Awaited<ReturnType<Post>>
type Shortage = Place & { available: number; requested: number }

/** Two products in three bins on a real server, beside the same in a model. */
export class ModelBench {
  private readonly model = new ModelBook()
  /** The real ids of the model's movements. */
  private readonly movementIds: number[] = []
  /** When the model's undated moments really were. */
  private readonly dates = new Map<Moment, Date>()
  private readonly sent: { input: PostInput; verdict: Verdict; answer: Answer | null }[] = []
  private readonly client: StockbookClient
  private readonly places: ModelPlaces
  private readonly seen: Set<string>

  private constructor(client: StockbookClient, places: ModelPlaces, seen: Set<string>) {
    this.client = client
    this.places = places
    this.seen = seen
  }

  static async open(server: TestServer, seen: Set<string>): Promise<ModelBench> {
    return new ModelBench(server.operator, await ModelPlaces.make(server), seen)
  }

  async take(step: Step): Promise<void> {
    if (step.do === 'post') return this.post(step)
    if (this.sent.length === 0) return
    const earlier = this.sent[step.which % this.sent.length]!
    if (step.do === 'retry') return this.retry(earlier)
    if (step.do === 'reuseId') return this.reuseId(earlier.input.commandId, step.lines)
    if (earlier.verdict.outcome === 'posted')
      await this.reverse(earlier.verdict, earlier.input, step.day)
  }

  private async post({ day, lines: choices, badLineFirst }: Step & { do: 'post' }): Promise<void> {
    const lines = choices.map((choice) => this.places.modelLine(choice, this.movementIds.length))
    const input: PostInput = {
      commandId: newCommandId(),
      ...(day !== null && { occurredAt: dateOfDay(day) }),
      lines: lines.map((line) => this.places.realLine(line, this.movementIds)),
    }
    if (badLineFirst) await this.postBadLine(input)
    const verdict = this.model.post({ at: day, lines })
    const answer = await this.compare(verdict, this.client.movements.post.mutate(input))
    this.sent.push({ input, verdict, answer })
  }

  /** What was wrong in itself is not remembered: its id is still free afterwards. */
  private async postBadLine({ lines, ...command }: PostInput): Promise<void> {
    const bad: PostLine = {
      type: 'incoming',
      productId: randomUUID(),
      toLocationId: this.places.bins[0]!,
      quantity: 1,
    }
    await expect(
      this.client.movements.post.mutate({ ...command, lines: [...lines, bad] }),
    ).rejects.toMatchObject({
      code: 'REFERENCE_NOT_FOUND',
      detail: { line: lines.length, field: 'productId', value: bad.productId },
    })
    this.seen.add('REFERENCE_NOT_FOUND')
  }

  private async reverse(
    posted: Verdict & { outcome: 'posted' },
    { commandId }: PostInput,
    day: number | null,
  ): Promise<void> {
    const lines = posted.movements.map((movement) => ({ kind: 'reversal', movement }) as const)
    const verdict = this.model.post({ at: day, lines })
    await this.compare(
      verdict,
      this.client.movements.reverse.mutate({
        reversedCommandId: commandId,
        reason: 'a mistake',
        ...(day !== null && { occurredAt: dateOfDay(day) }),
      }),
    )
  }

  private async retry({ input, verdict, answer }: (typeof this.sent)[number]): Promise<void> {
    const again = this.client.movements.post.mutate(input)
    if (answer) {
      expect(await again).toEqual({ ...answer, replayed: true })
      this.seen.add('replayed')
    } else {
      await expect(again).rejects.toMatchObject({
        code: verdict.outcome,
        detail: { replayed: true },
      })
      this.seen.add('refusal replayed')
    }
  }

  private async reuseId(commandId: string, choices: LineChoice[]): Promise<void> {
    const lines = choices.map((choice) =>
      this.places.realLine(
        this.places.modelLine(choice, this.movementIds.length),
        this.movementIds,
      ),
    )
    await expect(
      this.client.movements.post.mutate({ commandId, lines, note: 'another command' }),
    ).rejects.toMatchObject({ code: 'COMMAND_ID_REUSED', detail: { commandId } })
    this.seen.add('COMMAND_ID_REUSED')
  }

  /** The server's answer is the model's verdict, to the digit. */
  private async compare(verdict: Verdict, answering: Promise<Answer>): Promise<Answer | null> {
    this.seen.add(verdict.outcome)
    const result = await answering.catch((error: unknown) => {
      if (isStockbookError(error)) return error
      throw error
    })
    if (isStockbookError(result)) {
      expect({ code: result.code, detail: result.detail }).toMatchObject({ code: verdict.outcome })
      this.compareShortage(verdict, result.detail)
      return null
    }
    expect(verdict.outcome).toBe('posted')
    if (verdict.outcome !== 'posted') return null
    if (verdict.at < days) expect(result.occurredAt).toEqual(this.dateOf(verdict.at))
    this.dates.set(verdict.at, result.occurredAt)
    for (const [index, movement] of result.movements.entries()) {
      const expected = this.model.movements[verdict.movements[index]!]!
      expect(movement).toMatchObject({
        productId: this.places.products[expected.product],
        lotId: expected.lot === null ? null : this.places.lots[expected.lot],
        fromLocationId: expected.from === null ? null : this.places.bins[expected.from],
        toLocationId: expected.to === null ? null : this.places.bins[expected.to],
        quantity: expected.quantity,
      })
      this.movementIds[verdict.movements[index]!] = movement.id
    }
    expect(result.movements).toHaveLength(verdict.movements.length)
    return result
  }

  private compareShortage(verdict: Verdict, detail: Readonly<Record<string, unknown>>): void {
    if (verdict.outcome === 'INSUFFICIENT_STOCK') {
      const told = (detail.shortages as Shortage[]).map(({ available, requested, ...place }) => ({
        key: this.places.keyOf(place),
        available,
        requested,
      }))
      const byKey = (one: { key: string }, other: { key: string }) =>
        one.key.localeCompare(other.key)
      expect(told.toSorted(byKey)).toEqual(verdict.shortages.toSorted(byKey))
    } else if (verdict.outcome === 'INSUFFICIENT_STOCK_IN_PAST') {
      expect(detail.firstBadAt).toBe(this.dateOf(verdict.firstBadAt).toISOString())
      const index = verdict.keys.indexOf(this.places.keyOf(detail as Place))
      expect(detail.shortfall).toBe(verdict.shortfalls[index])
    }
  }

  /** What the server says is on hand, now, on some days, and after each movement. */
  async compareStock(): Promise<void> {
    expect(await this.read()).toEqual(this.model.onHand())
    for (const day of [0, days >> 1, days - 1]) {
      expect(await this.read(dateOfDay(day))).toEqual(this.model.onHandAt(day))
    }
    for (const [product, productId] of this.places.products.entries()) {
      const rows: { change: number; onHandAfter: number }[] = []
      const list = this.client.stock.history
      for await (const row of listAll(list, { productId, limit: 7 })) rows.push(row)
      const total = Object.entries(this.model.onHand())
        .filter(([key]) => key.startsWith(`${product}/`))
        .reduce((sum, [, level]) => sum + level, 0)
      expect(rows).toHaveLength(
        this.model.movements.filter((movement) => movement.product === product).length,
      )
      for (const [index, { change, onHandAfter }] of rows.entries()) {
        if (index === 0) expect(onHandAfter).toBe(total)
        expect(onHandAfter - change).toBe(rows[index + 1]?.onHandAfter ?? 0)
      }
    }
  }

  private async read(at?: Date): Promise<Record<string, number>> {
    const levels: Record<string, number> = {}
    for (const productId of this.places.products) {
      const rows = at
        ? listAll(this.client.stock.asOf, { productId, at })
        : listAll(this.client.stock.levels, { productId })
      for await (const row of rows) levels[this.places.keyOf(row)] = row.onHand
    }
    return levels
  }

  private dateOf(moment: Moment): Date {
    return moment < days ? dateOfDay(moment) : this.dates.get(moment)!
  }
}
