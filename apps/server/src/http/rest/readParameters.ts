import { z } from 'zod'
import { StockError } from '../../errors.ts'
import { toTransportError } from '../../transport.ts'
import { fromJson } from './fromJson.ts'

/**
 * What the parameters of an address say, each as the field of its name takes it; not yet checked.
 * @throws TRPCError, INVALID_INPUT, for a parameter that is given more than once
 */
export function readParameters(input: z.core.$ZodType, parameters: URLSearchParams): object {
  const names = [...parameters.keys()]
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  if (twice.length > 0) {
    const issues = twice.map((name) => ({ path: [name], message: 'is given more than once' }))
    throw toTransportError(new StockError('INVALID_INPUT', { issues }))
  }
  const shape = shapeOf(input)
  return Object.fromEntries(
    [...parameters].map(([name, text]) => [
      name,
      Object.hasOwn(shape, name) ? readParameter(shape[name]!, text) : text,
    ]),
  )
}

/**
 * The text itself when that is what the procedure takes, else what it says as JSON. When it takes
 * neither: the one that the refusal is to speak of.
 */
function readParameter(schema: z.core.$ZodType, text: string): unknown {
  const { error } = z.safeParse(schema, fromJson(schema, text))
  if (error === undefined) return text
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return text
  }
  const wantsText = !['invalid_type', 'invalid_union'].includes(error.issues[0]!.code)
  return wantsText && !z.safeParse(schema, fromJson(schema, value)).success ? text : value
}

/** The fields of an input. */
export function shapeOf(input: z.core.$ZodType): z.core.$ZodShape {
  const { def } = (input as z.core.$ZodTypes)._zod
  if (def.type === 'optional') return shapeOf(def.innerType)
  if (def.type !== 'object') throw new Error('the input of a procedure is an object')
  return def.shape
}
