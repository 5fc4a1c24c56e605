import { z } from 'zod'
import { descriptions } from './descriptions.ts'
import { objectPaths } from './objectPaths.ts'
import { type Operation, operations } from './operations.ts'

type Schema = z.core.$ZodType
type JsonSchema = z.core.JSONSchema.BaseSchema
type Direction = 'input' | 'output'

type Parameter = { name: string; isRequired: boolean; schema: JsonSchema }

export type DocumentedSchemas = {
  /** Under the names by which the others refer to them. */
  components: Record<string, JsonSchema>
  bodyOf(operation: Operation): JsonSchema
  answerOf(operation: Operation): JsonSchema
  parametersOf(operation: Operation): Parameter[]
}

const refTo = (name: string) => `#/components/schemas/${name}`

/** The schemas of all that goes in and comes out, in the JSON Schema that OpenAPI 3.1 uses. */
export function documentedSchemas(): DocumentedSchemas {
  const outputs = namedOutputs()
  const bodies = operations.filter(({ method }) => method === 'POST')
  return {
    components: {
      ...Object.fromEntries(bodies.map((body) => [inputNameOf(body), describeInput(body)])),
      ...describeOutputs(outputs),
    },
    bodyOf: (operation) => ({ $ref: refTo(inputNameOf(operation)) }),
    answerOf: ({ contract }) => refer(contract.output, outputs),
    parametersOf(operation) {
      const { properties = {}, required = [] } = describeInput(operation)
      return Object.entries(properties).map(([name, schema]) => ({
        name,
        isRequired: required.includes(name),
        schema: schema as JsonSchema,
      }))
    },
  }
}

function refer(schema: Schema, names: Names): JsonSchema {
  const { def } = (schema as z.core.$ZodTypes)._zod
  if (def.type === 'nullable') {
    return { anyOf: [refer(def.innerType, names), { type: 'null' }] }
  }
  const named = names.get(schema)
  if (!named) throw new Error('what a procedure answers has a name in the document')
  return { $ref: refTo(named.id) }
}

type Names = z.core.$ZodRegistry<{ id: string }>

/** A row is named after its feature, so that a list and `get` answer the same thing. */
function namedOutputs(): Names {
  const names: Names = z.registry()
  const lists = operations.filter(({ procedure }) => procedure.endsWith('.list'))
  for (const { contract, feature } of lists) {
    const { items } = (contract.output as z.ZodObject<{ items: z.ZodArray<z.ZodObject> }>).shape
    addOnce(names, items.element, capitalised(singular(feature)))
  }
  for (const operation of operations) {
    addOnce(names, unwrapped(operation.contract.output), `${nameOf(operation)}Output`)
  }
  return names
}

function addOnce(names: Names, schema: Schema, id: string): void {
  if (!names.has(schema)) names.add(schema, { id })
}

function unwrapped(schema: Schema): Schema {
  const { def } = (schema as z.core.$ZodTypes)._zod
  return def.type === 'optional' || def.type === 'nullable' ? unwrapped(def.innerType) : schema
}

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const singular = (word: string) => word.replace(/ies$/, 'y').replace(/s$/, '')
const nameOf = ({ procedure }: Operation) => procedure.split('.').map(capitalised).join('')

const inputNameOf = (operation: Operation) => `${nameOf(operation)}Input`

function describeInput({ contract }: Operation): JsonSchema {
  return withoutHead(z.toJSONSchema(unwrapped(contract.input), optionsOf('input')))
}

function describeOutputs(names: Names): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(names, { ...optionsOf('output'), uri: refTo })
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, withoutHead(schema)]),
  )
}

/** A document says once for all of its schemas which dialect they are of. */
function withoutHead({ $schema: _, $id: __, ...schema }: JsonSchema): JsonSchema {
  return described(schema) as JsonSchema
}

/** Where an object's comments wait until its fields are written: fields may share one schema. */
const waiting = 'x-comments'

/** Gives each field its comment. */
function described(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(described)
  if (typeof node !== 'object' || node === null) return node
  const { [waiting]: comments, ...rest } = node as Record<string, unknown>
  const members = Object.entries(rest).map(([name, member]) => [name, described(member)] as const)
  const schema = Object.fromEntries(members) as JsonSchema
  for (const [name, description] of Object.entries((comments ?? {}) as Record<string, string>)) {
    schema.properties![name] = { ...(schema.properties![name] as JsonSchema), description }
  }
  return schema
}

function commentsOf(schema: Schema, paths: ReturnType<typeof objectPaths>): object {
  const path = paths.get(schema)
  const fields = Object.keys((schema as z.core.$ZodObject)._zod.def.shape)
  return Object.fromEntries(
    fields.flatMap((name) => {
      const comment = path && descriptions[[...path, name].join('.')]
      return comment === undefined ? [] : [[name, comment]]
    }),
  )
}

function optionsOf(io: Direction): z.core.ToJSONSchemaParams {
  const paths = objectPaths()
  return {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { type } = zodSchema._zod.def
      // The format says it already, in fewer words.
      if (jsonSchema.format === 'uuid') delete jsonSchema.pattern
      if (type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' })
      // An answer may come to hold more: who reads it must not refuse that.
      if (io === 'output' && type === 'object') delete jsonSchema.additionalProperties
      if (type === 'object') Object.assign(jsonSchema, { [waiting]: commentsOf(zodSchema, paths) })
    },
  }
}
