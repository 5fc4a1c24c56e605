import { inputFrom } from '../contract/inputs.ts'
import type { Resource } from '../resources/describe.ts'
import { type Asked, isObject } from './asked.ts'
import { isFormOf, type Place, placeOf } from './filterPlace.ts'

/** How many rows of a list are on a page, as the person may choose. */
export const pageSizes: readonly number[] = [10, 25, 50, 100, 200]

/**
 * A page is found by going through those before it, unless somebody has just been there. An address
 * may lead behind so many rows and no further.
 */
const furthestRow = 10_000

/**
 * Parts what a list can do of what is asked from what it cannot.
 * @param isOpened it comes from outside. Otherwise it was chosen in the list: a value that is being typed
 * may yet become right, and somebody has been at the page; but what was saved under a name can be
 * more than this person may ask for.
 * @returns `leftOut` has the form of what was asked; `isSound` when the list can do it as it stands
 */
export function judge(
  resource: Resource,
  asked: Asked,
  isOpened: boolean,
): { isSound: boolean; sound: Asked; leftOut: Asked } {
  const { filter = {}, displayedFilters = {}, ...rest } = asked
  const filters = partFilters(resource, filter, isOpened ? isTaken : isKnown)
  const isOrderSound = isSortIn(resource, rest)
  const isPageSound = !isOpened || isPage(rest)
  const isSizeSound = rest.perPage === undefined || pageSizes.includes(Number(rest.perPage))
  const sound = {
    filter: filters.sound,
    displayedFilters: isObject(displayedFilters) ? displayedFilters : {},
    ...(isOrderSound && pick(rest, 'sort', 'order')),
    ...(isPageSound && isSizeSound && pick(rest, 'page')),
    ...(isSizeSound && pick(rest, 'perPage')),
  }
  const leftOut = {
    ...(filters.leftOut !== undefined && { filter: filters.leftOut }),
    ...(!isOrderSound && pick(rest, 'sort', 'order')),
    ...(!isPageSound && pick(rest, 'page')),
    ...(!isSizeSound && pick(rest, 'perPage')),
  }
  const isSound = Object.keys(leftOut).length === 0 && isObject(displayedFilters)
  return { isSound, sound, leftOut }
}

type Judgement = (place: Place | undefined, value: unknown) => boolean

function partFilters(
  resource: Resource,
  filter: unknown,
  isGood: Judgement,
): { sound: Asked; leftOut?: unknown } {
  if (!isObject(filter)) return { sound: {}, leftOut: filter }
  const { where = {}, ...own } = filter
  const sound: Record<string, unknown> = {}
  const leftOut: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(own)) {
    const place = isGood(placeOf(resource, [name]), value) ? sound : leftOut
    place[name] = value
  }
  const conditions = partWhere(resource, where, isGood)
  if (Object.keys(conditions.sound).length > 0) sound.where = conditions.sound
  if (conditions.leftOut !== undefined) leftOut.where = conditions.leftOut
  return { sound, ...(Object.keys(leftOut).length > 0 && { leftOut }) }
}

function partWhere(
  resource: Resource,
  where: unknown,
  isGood: Judgement,
): { sound: Asked; leftOut?: unknown } {
  // An emptied form leaves such values behind.
  if (where === null || where === '') return { sound: {} }
  if (!isObject(where)) return { sound: {}, leftOut: where }
  const sound: Record<string, Record<string, unknown>> = {}
  const leftOut: Record<string, unknown> = {}
  for (const [name, values] of Object.entries(where)) {
    if (values === null || values === '') continue
    if (!isObject(values)) {
      leftOut[name] = values
      continue
    }
    for (const [operator, value] of Object.entries(values)) {
      const place = isGood(placeOf(resource, [name, operator]), value) ? sound : leftOut
      place[name] = { ...(place[name] as Asked | undefined), [operator]: value }
    }
  }
  return { sound, ...(Object.keys(leftOut).length > 0 && { leftOut }) }
}

const isKnown: Judgement = (place) => place !== undefined

function isTaken(place: Place | undefined, value: unknown): boolean {
  if (place === undefined || !isFormOf(place.field, value)) return false
  const { [place.field.name]: input } = inputFrom([place.field], { [place.field.name]: value })
  return input === undefined || place.schema.safeParse(input).success
}

function isSortIn({ sorts, order: usual }: Resource, { sort, order }: Asked): boolean {
  const isField = sort === undefined || [...sorts, usual.field].includes(sort as string)
  return isField && (order === undefined || order === 'ASC' || order === 'DESC')
}

function isPage({ page, perPage }: Asked): boolean {
  if (page === undefined) return true
  if (!/^[1-9]\d{0,6}$/.test(String(page))) return false
  return (Number(page) - 1) * (Number(perPage) || 25) < furthestRow
}

function pick(asked: Asked, ...names: readonly string[]): Asked {
  return Object.fromEntries(
    names.flatMap((name) => (asked[name] === undefined ? [] : [[name, asked[name]]])),
  )
}
