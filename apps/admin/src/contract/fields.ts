import { z } from 'zod'

/** How a field is shown and asked for. */
export type FieldKind =
  | 'text'
  /** Text of several lines. */
  | 'longText'
  | 'email'
  | 'password'
  | 'integer'
  /** A decimal string: it never becomes a float. */
  | 'decimal'
  | 'boolean'
  /** A day without a time. */
  | 'day'
  | 'moment'
  | 'choice'
  /** Any of several choices. */
  | 'choices'
  /** Any of several texts that rows have. */
  | 'texts'
  /** In use, archived or both. */
  | 'archived'
  /** The id of a row. */
  | 'id'
  /** The ids of several rows. */
  | 'ids'
  /** Rows inside the row. */
  | 'rows'
  /** What an entry of the audit log is about: shown by its name. */
  | 'audited'
  /** What was done, by an entry of the audit log: shown as a word, with the procedure's name. */
  | 'done'
  /** The program that somebody uses, as it names itself: shown in words. */
  | 'program'
  /** Anything else: shown as it is, never asked for. */
  | 'value'

/** One field of what a procedure takes or gives. */
export type Field = {
  name: string
  kind: FieldKind
  /** It may not be left out. */
  required: boolean
  /** It may be `null`. */
  nullable: boolean
  /** What it is when it is left out. */
  default?: unknown
  /** Of a `choice` or of `choices`. */
  choices: readonly string[]
  /** Of `rows`. */
  fields: readonly Field[]
  maxLength?: number
  minimum?: number
  maximum?: number
}

type Schema = {
  type?: string | string[]
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  allOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  default?: unknown
  maxLength?: number
  minimum?: number
  maximum?: number
}

/** The fields of what a procedure takes (`input`) or of one row that it gives (`output`). */
export function fieldsOf(schema: z.ZodType, io: 'input' | 'output'): Field[] {
  const json = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const { type, format } = zodSchema._zod.def as { type: string; format?: string }
      if (type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' })
      // Lost by zod when the day has a further rule.
      if (type === 'string' && format === 'date') jsonSchema.format = 'date'
    },
  }) as Schema
  return fieldsOfObject(json)
}

function fieldsOfObject(schema: Schema): Field[] {
  const required = new Set(schema.required)
  return Object.entries(schema.properties ?? {}).map(([name, property]) =>
    fieldOf(name, property, required.has(name)),
  )
}

function fieldOf(name: string, property: Schema, required: boolean): Field {
  const { schema, nullable } = withoutNull(property)
  const kind = kindOf(name, schema)
  const byDefault = property.default ?? schema.default
  return {
    name,
    kind,
    required: required && byDefault === undefined,
    nullable,
    choices: (schema.enum ?? schema.items?.enum ?? []).map(String),
    fields: kind === 'rows' ? fieldsOfObject(schema.items ?? {}) : [],
    ...(byDefault !== undefined && { default: byDefault }),
    ...(schema.maxLength !== undefined && { maxLength: schema.maxLength }),
    ...(schema.minimum !== undefined && { minimum: schema.minimum }),
    ...(schema.maximum !== undefined && { maximum: schema.maximum }),
  }
}

function withoutNull(schema: Schema): { schema: Schema; nullable: boolean } {
  if (Array.isArray(schema.type)) {
    const [type] = schema.type.filter((name) => name !== 'null')
    return { schema: { ...schema, ...(type && { type }) }, nullable: schema.type.includes('null') }
  }
  const others = schema.anyOf?.filter(({ type }) => type !== 'null')
  const nullable = others !== undefined && others.length < (schema.anyOf?.length ?? 0)
  const [only, ...more] = others ?? []
  if (only === undefined || more.length > 0) return { schema, nullable }
  return { schema: only, nullable }
}

/** A text that may be longer than this wants several lines. */
const longestLine = 500

function kindOf(name: string, schema: Schema): FieldKind {
  if (name === 'archived') return 'archived'
  if (schema.enum) return 'choice'
  if (schema.type === 'array') {
    if (schema.items?.enum) return 'choices'
    if (schema.items?.format === 'uuid') return 'ids'
    if (schema.items?.type === 'string') return 'texts'
    return schema.items?.properties ? 'rows' : 'value'
  }
  if (schema.type === 'integer') return 'integer'
  if (schema.type === 'boolean') return 'boolean'
  if (schema.type !== 'string') return 'value'
  if (schema.format === 'date-time') return 'moment'
  if (schema.format === 'date') return 'day'
  if (schema.format === 'uuid') return 'id'
  if (schema.format === 'email') return 'email'
  if (/password$/i.test(name)) return 'password'
  if (isDecimal(schema)) return 'decimal'
  return (schema.maxLength ?? 0) > longestLine ? 'longText' : 'text'
}

function isDecimal({ pattern }: Schema): boolean {
  return pattern?.startsWith('^\\d{1,') === true && pattern.includes('\\.')
}
