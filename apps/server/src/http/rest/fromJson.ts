import { z } from 'zod'

type Schema = z.core.$ZodType

/** With its zone: without one it would be another moment on another machine. */
const moment = z.iso.datetime({ offset: true })

/** The moment that a text says; anything else as it is. */
export const momentIn = (value: unknown): unknown =>
  moment.safeParse(value).success ? new Date(value as string) : value

/**
 * A value of plain JSON as the procedures take it: where the schema has a moment, its text becomes a
 * `Date`. What does not fit stays as it is, for the schema to refuse.
 * @param read reads what stands where the schema has a moment
 */
export function fromJson(schema: Schema, value: unknown, read = momentIn): unknown {
  // Nearly all of a long command has no moment in it: it is not walked.
  if (!holdsMoment(schema)) return value
  const { def } = (schema as z.core.$ZodTypes)._zod
  if (def.type === 'date') return read(value)
  if (def.type === 'array') {
    return Array.isArray(value) ? value.map((item) => fromJson(def.element, item, read)) : value
  }
  if (def.type === 'object') {
    return isObject(value) ? membersFromJson(def.shape, value, read) : value
  }
  if (def.type === 'union') {
    const found = def.options
      .map((option) => ({ option, made: fromJson(option, value, read) }))
      .find(({ option, made }) => z.safeParse(option, made).success)
    return found ? found.made : value
  }
  if ('innerType' in def) return fromJson(def.innerType, value, read)
  throw new Error(`a moment inside "${def.type}" cannot be read from JSON yet`)
}

/** Builds anew, so that a member named `__proto__` stays one, which the schema must refuse. */
function membersFromJson(shape: z.core.$ZodShape, value: object, read: typeof momentIn): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => [
      name,
      Object.hasOwn(shape, name) ? fromJson(shape[name]!, member, read) : member,
    ]),
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const known = new WeakMap<Schema, boolean>()

function holdsMoment(schema: Schema): boolean {
  const before = known.get(schema)
  if (before !== undefined) return before
  const { def } = (schema as z.core.$ZodTypes)._zod
  const found = def.type === 'date' || partsOf(def).some(holdsMoment)
  known.set(schema, found)
  return found
}

function partsOf(def: z.core.$ZodTypes['_zod']['def']): readonly Schema[] {
  if ('shape' in def) return Object.values(def.shape as z.core.$ZodShape)
  if ('options' in def) return def.options
  if ('element' in def) return [def.element]
  if ('innerType' in def) return [def.innerType]
  if ('valueType' in def) return [def.valueType]
  return []
}
