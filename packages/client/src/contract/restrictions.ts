import type { z } from 'zod'
import type { ProcedureContract, Role } from './define.ts'
import { type FieldAccess, type FieldAccessMap, fieldAccess } from './fieldAccess.ts'

type Schema = z.core.$ZodType

/** What somebody of a role is not told by a procedure, and may not say to it. */
export type Restrictions = {
  /** What the procedure gives, without the fields that this role may not read. */
  readonly output: z.ZodType
  /** The fields that are left out of what it gives, and that its rows cannot be asked for by. */
  readonly hidden: ReadonlySet<string>
  /** Fields of its input that this role may not give. */
  readonly notGiven: ReadonlySet<string>
  /** Fields of `where` that this role may not narrow a list by. */
  readonly notNarrowed: ReadonlySet<string>
  /** Of parameters that choose a field, as `sort` does: the choices that are left to this role. */
  readonly choices: ReadonlyMap<string, readonly string[]>
}

/**
 * What is kept from somebody of this role who calls the procedure, or null when nothing is. It is
 * reckoned anew at each call, which takes a while.
 * @param name for instance `products.list`
 */
export function restrictionsOf(
  name: string,
  { kind, input, output }: ProcedureContract,
  role: Role,
  access: FieldAccessMap = fieldAccess,
): Restrictions | null {
  if (role === 'admin') return null
  const unreadable = new Set(
    Object.values(access).flatMap(({ row, fields }) =>
      namesOf(fields, ({ read }) => read).map((field) => row.shape[field] as Schema),
    ),
  )
  const hidden = new Set<string>()
  const without = withoutFields(output, unreadable, hidden)
  const [feature = ''] = name.split('.')
  const own = [access[feature], access[name]].flatMap((rows) => (rows ? [rows.fields] : []))
  for (const fields of own) for (const field of namesOf(fields, readOf)) hidden.add(field)

  const shape = shapeOf(input)
  const unwritable = new Set(own.flatMap((fields) => namesOf(fields, writeOf)))
  const notGiven = among(kind === 'mutation' ? unwritable : hidden, shape)
  const notNarrowed = among(hidden, shapeOf(shape.where))
  const choices = choicesOf(shape, hidden)
  const isNothing = without === output && notGiven.size + notNarrowed.size + choices.size === 0
  return isNothing ? null : { output: without as z.ZodType, hidden, notGiven, notNarrowed, choices }
}

const readOf = ({ read }: FieldAccess) => read
const writeOf = ({ read, write }: FieldAccess) => write ?? read

/** The fields that are for administrators. */
function namesOf(
  fields: Readonly<Record<string, FieldAccess>>,
  of: (field: FieldAccess) => Role | undefined,
): string[] {
  return Object.keys(fields).filter((name) => of(fields[name]!) === 'admin')
}

const among = (names: ReadonlySet<string>, shape: object) =>
  new Set([...names].filter((name) => Object.hasOwn(shape, name)))

function choicesOf(shape: z.core.$ZodShape, hidden: ReadonlySet<string>) {
  const choices = new Map<string, readonly string[]>()
  for (const [name, field] of Object.entries(shape)) {
    const { def } = unwrapped(field)._zod
    if (def.type !== 'enum') continue
    const all = Object.values(def.entries).map(String)
    const left = all.filter((choice) => !hidden.has(choice))
    if (left.length < all.length) choices.set(name, left)
  }
  return choices
}

/** The fields of an object, also of one that may be left out; none of anything else. */
function shapeOf(schema: Schema | undefined): z.core.$ZodShape {
  if (schema === undefined) return {}
  const { def } = unwrapped(schema)._zod
  return def.type === 'object' ? def.shape : {}
}

function unwrapped(schema: Schema): z.core.$ZodTypes {
  const { def } = (schema as z.core.$ZodTypes)._zod
  return 'innerType' in def ? unwrapped(def.innerType) : (schema as z.core.$ZodTypes)
}

/**
 * The schema without these fields of its objects: itself where it has none of them.
 * @param found is told the names of those that were there
 */
function withoutFields(schema: Schema, fields: ReadonlySet<Schema>, found: Set<string>): Schema {
  const { def } = (schema as z.core.$ZodTypes)._zod
  const inner = (one: Schema) => withoutFields(one, fields, found)
  const changed = (part: object) => (schema as z.ZodType).clone({ ...def, ...part } as never)
  if (def.type === 'object') {
    const members = Object.entries(def.shape)
    const left = members
      .filter(([name, member]) => !fields.has(member) || !found.add(name))
      .map(([name, member]) => [name, inner(member)] as const)
    const isSame =
      left.length === members.length && left.every(([name, member]) => member === def.shape[name])
    return isSame ? schema : changed({ shape: Object.fromEntries(left) })
  }
  if (def.type === 'array') {
    const element = inner(def.element)
    return element === def.element ? schema : changed({ element })
  }
  if (def.type === 'union') {
    const options = def.options.map(inner)
    return options.every((option, index) => option === def.options[index])
      ? schema
      : changed({ options })
  }
  if ('innerType' in def) {
    const innerType = inner(def.innerType)
    return innerType === def.innerType ? schema : changed({ innerType })
  }
  return schema
}
