import { z } from 'zod'
import { StockError } from '../errors.ts'
import { inputOf, type ReportName } from '../features/reports/rows.ts'
import { fromJson, momentIn } from './rest/fromJson.ts'
import { readParameters, shapeOf } from './rest/readParameters.ts'

const format = z.object({
  /** Between two cells. Default: a comma; spreadsheets of many countries want a semicolon. */
  separator: z.enum([',', ';']).default(','),
  /** Begin with a byte order mark, by which Excel knows UTF-8. Default `false`. */
  bom: z.boolean().default(false),
})

/** A file has all rows. */
const ofPages = ['limit', 'cursor']

type Issue = Pick<z.core.$ZodIssue, 'path' | 'message'>

/**
 * What a report is asked for by the parameters of its address: how it is to be written, and its input,
 * each field a parameter, or whole as JSON in the parameter `input`.
 * @returns `given`: the input as it was before the contract filled in what it leaves open
 * @throws StockError INVALID_INPUT, with all that is wrong, parameter by parameter
 */
export function readReportInput(name: ReportName, parameters: URLSearchParams) {
  const schema = inputOf(name)
  const isOfFormat = ([parameter]: [string, string]) => Object.hasOwn(format.shape, parameter)
  const how = new URLSearchParams([...parameters].filter(isOfFormat))
  const asked = new URLSearchParams([...parameters].filter((given) => !isOfFormat(given)))
  const written = format.safeParse(readParameters(format, how), { error: sayInAddressOf(format) })
  const given = inputIn(schema, asked)
  const input = schema.safeParse(given, { error: sayInAddressOf(schema) })
  if (written.success && input.success) return { ...written.data, given, input: input.data }
  throw invalid(
    [...(written.error?.issues ?? []), ...(input.error?.issues ?? [])].flatMap((issue) =>
      issueIn(schema, issue),
    ),
  )
}

function inputIn(schema: z.ZodType, parameters: URLSearchParams): unknown {
  for (const parameter of ofPages) parameters.delete(parameter)
  const read = readParameters(schema, parameters)
  const whole = parameters.get('input')
  if (whole === null) return fromJson(schema, read, dayOrMomentIn)
  const others = [...parameters.keys()].filter((parameter) => parameter !== 'input')
  if (others.length > 0) {
    const message = 'stands beside `input`, which is the whole input: leave out one of the two'
    throw invalid(others.map((parameter) => ({ path: [parameter], message })))
  }
  const { limit: _, cursor: __, ...given } = readJson(whole)
  return fromJson(schema, given, dayOrMomentIn)
}

/** A day may stand where a moment does, for people write that: its first moment, in UTC. */
function dayOrMomentIn(value: unknown): unknown {
  const isDay = z.iso.date().safeParse(value).success
  return momentIn(isDay ? `${value as string}T00:00:00Z` : value)
}

function readJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>
    }
  } catch {}
  throw invalid([{ path: ['input'], message: 'is no JSON object' }])
}

/** What is to be done about a value, where zod would speak of types that an address does not know. */
function sayInAddressOf(schema: z.ZodType) {
  return (issue: z.core.$ZodRawIssue): string | undefined => {
    const needed = neededBy(issue)
    if (needed === undefined) return undefined
    if (issue.input === undefined) return `is missing: give ${needed}`
    if (issue.input !== '') return `give ${needed}`
    return `is empty: give ${needed}${mayBeLeftOut(schema, issue) ? ', or leave it out' : ''}`
  }
}

function mayBeLeftOut(schema: z.ZodType, { path = [] }: z.core.$ZodRawIssue): boolean {
  const field = path.length === 1 ? shapeOf(schema)[String(path[0])] : undefined
  return field !== undefined && z.safeParse(field, undefined).success
}

function neededBy(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_format' && issue.format === 'uuid') return 'the id of a row, a UUID'
  if (issue.code === 'invalid_format' && issue.format === 'date') return 'a day as 2026-01-31'
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(' ')}`
  if (issue.code !== 'invalid_type') return undefined
  const needed: Readonly<Record<string, string>> = {
    date: 'a day as 2026-01-31, which begins at midnight UTC, or a moment as 2026-01-31T14:00:00Z',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    object: 'a JSON object',
  }
  return needed[issue.expected]
}

/** A parameter that there is not is told by its own name, with those that there are. */
function issueIn(schema: z.ZodType, issue: z.core.$ZodIssue): Issue[] {
  const { path, message } = issue
  if (issue.code !== 'unrecognized_keys' || path.length > 0) return [{ path, message }]
  const known = [...Object.keys(shapeOf(schema)), ...Object.keys(format.shape), 'input']
  const names = known.filter((name) => !ofPages.includes(name)).join(', ')
  return issue.keys.map((key) => ({
    path: [key],
    message: `is no parameter of this report: there are ${names}`,
  }))
}

const invalid = (issues: readonly Issue[]) => new StockError('INVALID_INPUT', { issues })
