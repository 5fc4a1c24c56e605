import type { Resource } from '../resources/describe.ts'

/**
 * The id of a row as procedures take it. Addresses are text, and some ids are numbers: written in any
 * other way than the number itself is written, it is the id of no row, and stays the text that it is.
 */
export function idIn({ fields }: Pick<Resource, 'fields'>, id: unknown): unknown {
  const field = fields.find(({ name }) => name === 'id')
  const number = Number(id)
  const isNumber = Number.isSafeInteger(number) && String(number) === String(id)
  return field?.kind === 'integer' && isNumber ? number : id
}
