import { isDeepStrictEqual } from 'node:util'
import { ModelBook, type ModelLine, type Verdict } from './modelBook.ts'
import { type ChecksCommand, type ChecksVerdict, ModelChecks } from './modelChecks.ts'
import { type HoldsCommand, ModelHolds, type HoldsVerdict } from './modelHolds.ts'
import type { ModelPlaces, Place } from './modelPlaces.ts'
import { bins, dateOfDay } from './modelSteps.ts'
import type { Told } from './told.ts'

/** What was asked for, as the models take it. */
export type Asked =
  | { of: 'book'; day: number | null; lines: readonly ModelLine[] }
  | { of: 'holds'; command: HoldsCommand }
  | { of: 'checks'; command: ChecksCommand }

/** A command with what its caller was told. */
export type Decided = { asked: Asked; told: Told }

/** Where the sequential models stand after all rounds so far. */
export type State = {
  book: ModelBook
  movementIds: readonly number[]
  holds: ModelHolds
  checks: ModelChecks
}

export const emptyState = (): State => ({
  book: new ModelBook(),
  movementIds: [],
  holds: new ModelHolds(bins),
  checks: ModelChecks.atFirst(),
})

type Shortage = Place & { available: number; requested: number }

/**
 * Where the models stand after these commands, in an order in which each is told what it was told,
 * and in which the movements have the order of the book. Null when there is none.
 */
export function inSomeOrder(
  places: ModelPlaces,
  state: State,
  left: readonly Decided[],
): State | null {
  // What was refused changes nothing: as soon as it is explained, it need not be looked at again.
  const open = left.filter(
    ({ asked, told }) => told.is === 'done' || !after(places, state, asked, told),
  )
  if (open.length === 0) return state
  const first = Math.min(...open.map(positionOf))
  for (const one of open) {
    const position = positionOf(one)
    if (one.told.is === 'refused' || (position !== first && position < Infinity)) continue
    const next = after(places, state, one.asked, one.told)
    const found =
      next &&
      inSomeOrder(
        places,
        next,
        open.filter((other) => other !== one),
      )
    if (found) return found
  }
  return null
}

/** Where the models stand after a command. Null when they would have told something else. */
function after(places: ModelPlaces, state: State, asked: Asked, told: Told): State | null {
  if (asked.of === 'holds') {
    const holds = new ModelHolds(state.holds)
    const command =
      asked.command.do === 'hold' && told.is === 'done'
        ? { ...asked.command, id: told.holdId! }
        : asked.command
    return agreesOnHolds(holds.take(command), told) ? { ...state, holds } : null
  }
  if (asked.of === 'checks') {
    const { verdict, next } = state.checks.take(asked.command)
    return agreesOnChecks(verdict, told) ? { ...state, checks: next } : null
  }
  const book = new ModelBook(state.book)
  const undated = told.is === 'done' ? told.posted!.occurredAt.getTime() : null
  const verdict = book.post({ at: asked.day ?? undated, lines: asked.lines })
  if (!agreesOnBook(places, book, verdict, told)) return null
  if (told.is === 'refused') return state
  const ids = told.posted!.movements.map(({ id }) => id)
  return { ...state, book, movementIds: [...state.movementIds, ...ids] }
}

function agreesOnBook(places: ModelPlaces, book: ModelBook, verdict: Verdict, told: Told): boolean {
  if (told.is === 'done') {
    if (verdict.outcome !== 'posted') return false
    const { lots, products, bins } = places
    const expected = verdict.movements.map((index) => {
      const { product, lot, from, to, quantity } = book.movements[index]!
      return {
        productId: products[product],
        lotId: lot === null ? null : lots[lot],
        fromLocationId: from === null ? null : bins[from],
        toLocationId: to === null ? null : bins[to],
        quantity,
      }
    })
    const movements = told.posted!.movements.map(
      ({ productId, lotId, fromLocationId, toLocationId, quantity }) => ({
        productId,
        lotId,
        fromLocationId,
        toLocationId,
        quantity,
      }),
    )
    return isDeepStrictEqual(movements, expected)
  }
  if (verdict.outcome !== told.code) return false
  if (verdict.outcome === 'INSUFFICIENT_STOCK') {
    const shortages = (told.detail.shortages as Shortage[]).map(
      ({ available, requested, ...place }) => ({
        key: places.keyOf(place),
        available,
        requested,
      }),
    )
    return isDeepStrictEqual(byKey(shortages), byKey(verdict.shortages))
  }
  if (verdict.outcome === 'INSUFFICIENT_STOCK_IN_PAST') {
    const { firstBadAt, shortfall } = told.detail
    const index = verdict.keys.indexOf(places.keyOf(told.detail as Place))
    return firstBadAt === momentOf(verdict.firstBadAt) && shortfall === verdict.shortfalls[index]
  }
  return true
}

const byKey = <T extends { key: string }>(all: readonly T[]) =>
  all.toSorted((one, other) => one.key.localeCompare(other.key))

/** The model counts days from 0, and the moments of undated commands in milliseconds. */
const momentOf = (moment: number) =>
  (moment < 1_000 ? dateOfDay(moment) : new Date(moment)).toISOString()

/** Where a command stands in the book. Infinity: it moved nothing. */
const positionOf = ({ told }: Decided): number =>
  (told.is === 'done' && told.posted?.movements[0]?.id) || Infinity

function agreesOnHolds(verdict: HoldsVerdict, told: Told): boolean {
  if (told.is === 'done') {
    if (verdict.outcome !== 'posted') return false
    return told.open === undefined || told.open === verdict.changed?.open
  }
  const { outcome, ...facts } = verdict
  return (
    outcome === told.code &&
    Object.entries(facts).every(([name, value]) => told.detail[name] === value)
  )
}

function agreesOnChecks({ outcome, ...facts }: ChecksVerdict, told: Told): boolean {
  if (told.is === 'done') {
    const { variance, adjustments } = told
    return outcome === 'done' && isDeepStrictEqual({ variance, adjustments }, { ...none, ...facts })
  }
  if (outcome === 'short') return told.code.startsWith('INSUFFICIENT_STOCK')
  return (
    outcome === told.code &&
    Object.entries(facts).every(([name, value]) => told.detail[name] === value)
  )
}

const none = { variance: undefined, adjustments: undefined }
