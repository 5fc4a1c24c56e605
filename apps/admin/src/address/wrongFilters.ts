import { inputFrom } from '../contract/inputs.ts'
import { sayIn, ruleIn } from '../contract/sentences.ts'
import { labelOf } from '../filters/labelOf.ts'
import type { Words } from '../providers/callErrors.ts'
import type { Resource } from '../resources/describe.ts'
import { resourceOf } from '../resources/index.ts'
import { type Asked, isObject } from './asked.ts'
import { isFormOf, placeOf } from './filterPlace.ts'

/** A filter as a person knows it, and what is wrong with it. */
export type WrongFilter = { name: string; value: string; why: string }

/** What is wrong with each filter that a list cannot do, in the person's language. */
export function wrongFilters(resource: Resource, leftOut: unknown, words: Words): WrongFilter[] {
  return filtersIn(leftOut).map(([path, value]) => ({
    name: filterName(resource, path, words),
    value: typeof value === 'string' ? value : JSON.stringify(value),
    why: whyNot(resource, path, value, words),
  }))
}

/**
 * What a filter is called.
 * @param path its name; or of a field of the rows, that field and what is asked of it
 */
export function filterName(
  resource: Resource,
  path: readonly string[],
  { translate }: Words,
): string {
  const [name = '', operator] = path
  const place = placeOf(resourceOf(resource.name), path)
  if (place === undefined) return path.join('.')
  if (operator === undefined) return translate(`resources.${resource.name}.fields.${name}`)
  const isOfTime = ['day', 'moment'].includes(place.field.kind)
  const way = translate(`operators.${isOfTime ? 'time.' : ''}${operator}`)
  return `${translate(labelOf(resource, name))}, ${way}`
}

function whyNot(
  resource: Resource,
  path: readonly string[],
  value: unknown,
  { locale, translate }: Words,
): string {
  const place = placeOf(resource, path)
  if (place === undefined) {
    const isOfOthers = placeOf(resourceOf(resource.name), path) !== undefined
    return translate(isOfOthers ? 'address.filterOfOthers' : 'address.noSuchFilter')
  }
  if (!isFormOf(place.field, value)) return translate('address.noSuchValue')
  const { [place.field.name]: input } = inputFrom([place.field], { [place.field.name]: value })
  const { error } = place.schema.safeParse(input, { error: sayIn(locale) })
  return ruleIn(locale, error?.issues[0]?.message ?? translate('address.noSuchValue'))
}

type Filter = [path: readonly string[], value: unknown]

/** Each filter by itself. */
function filtersIn(leftOut: unknown): Filter[] {
  if (!isObject(leftOut)) return []
  return Object.entries(leftOut).flatMap(([name, value]) =>
    name === 'where' && isObject(value) ? conditionsIn(value) : [[[name], value]],
  )
}

function conditionsIn(where: Asked): Filter[] {
  return Object.entries(where).flatMap(([name, values]) =>
    isObject(values)
      ? Object.entries(values).map(([operator, value]): Filter => [[name, operator], value])
      : [[[name], values]],
  )
}
