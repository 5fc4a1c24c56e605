import { MigrationError } from '../errors.ts'
import type { Entity, Rename } from '../folder/snapshot.ts'
import type { Answers, Question } from './drizzleKit.ts'

/** Where drizzle-kit's kinds of question find their entities. */
const entityTypes: Record<string, string> = {
  table: 'tables',
  column: 'columns',
  enum: 'enums',
  sequence: 'sequences',
  view: 'views',
  schema: 'schemas',
  role: 'roles',
  policy: 'policies',
  index: 'indexes',
  unique: 'uniques',
  check: 'checks',
  primary_key: 'pks',
  'foreign key': 'fks',
  default: 'columns',
}

/** Kinds that hold data: making them anew loses it, so a person decides. */
const holdsData = new Set(['table', 'column', 'enum', 'sequence', 'schema'])

/** A question, and what the new thing may have been called before. */
export type OpenQuestion = Question & { candidates: string[][] }

export function withCandidates(
  question: Question,
  from: Entity[],
  to: Entity[],
  renames: Rename[],
): OpenQuestion {
  const type = entityTypes[question.kind]
  const table = question.entity.length === 3 ? question.entity[1] : undefined
  const tableBefore = renames.find(({ kind, to: [, name] }) => kind === 'table' && name === table)
  const same = (entity: Entity) =>
    entity.entityType === type &&
    (table === undefined || entity.table === table || entity.table === tableBefore?.from[1])
  const after = new Set(to.filter(same).map(({ name }) => name))
  const taken = new Set(
    renames.filter(({ kind }) => kind === question.kind).map(({ from }) => from.at(-1)),
  )
  const candidates = from
    .filter((entity) => same(entity) && !after.has(entity.name) && !taken.has(entity.name))
    .map(({ name }) => [...question.entity.slice(0, -1), name])
  return { ...question, candidates }
}

/**
 * Answers by itself what no data depends on: an index, a constraint or a view under a new name is a
 * rename when nothing else about it changed, else a new one.
 */
export function decide(
  question: OpenQuestion,
  from: Entity[],
  to: Entity[],
): Partial<Answers> | null {
  const { kind, entity, candidates } = question
  if (candidates.length > 0 && holdsData.has(kind)) return null
  const find = (entities: Entity[], path: string[]) =>
    entities.find((it) => it.entityType === entityTypes[kind] && it.name === path.at(-1))
  const made = content(find(to, entity))
  const old = candidates.filter((path) => content(find(from, path)) === made)
  if (old.length === 1 && old[0] && kind !== 'view') {
    return { renames: [{ kind, from: old[0], to: entity }] }
  }
  return { created: [{ kind, entity }] }
}

function content(entity: Entity | undefined): string {
  const { name: _name, nameExplicit: _explicit, ...rest } = entity ?? ({} as Partial<Entity>)
  return JSON.stringify(rest)
}

/** A path as people write it: `products.sku`, the schema only when it is not `public`. */
export function pathName(path: string[]): string {
  return (path[0] === 'public' ? path.slice(1) : path).join('.')
}

/**
 * Reads the flags `--rename old=new` and `--new name` against a question.
 * @returns the answer and the flag that gave it, or null when no flag speaks of the question.
 * @throws {MigrationError} `wrong_usage` when a flag is not written as `old=new`.
 */
export function answerByFlags(
  question: OpenQuestion,
  { renames = [], created = [] }: { renames?: string[]; created?: string[] },
): { answer: Partial<Answers>; flag: string } | null {
  const { kind, entity, candidates } = question
  const asNew = created.find((name) => matches(name, entity))
  if (asNew !== undefined) return { answer: { created: [{ kind, entity }] }, flag: asNew }
  for (const flag of renames) {
    const [old = '', made = ''] = flag.split('=')
    if (old === '' || made === '') {
      throw new MigrationError(
        'wrong_usage',
        `--rename ${flag}: write it as --rename old=new, for example --rename products.sku=products.code.`,
      )
    }
    if (!matches(made, entity) && !(made === entity.at(-1) && old.includes('.'))) continue
    const from = candidates.find(
      (path) => matches(old, path) || path.at(-1) === old.split('.').at(-1),
    )
    if (from) return { answer: { renames: [{ kind, from, to: entity }] }, flag }
  }
  return null
}

const matches = (name: string, path: string[]) => name === pathName(path) || name === path.join('.')

/** @returns the error that shows every flag which would answer the questions. */
export function undecided(questions: OpenQuestion[]): MigrationError {
  const lines = questions.map(({ kind, entity, candidates }) => {
    const flags = candidates.map((path) => `--rename ${pathName(path)}=${pathName(entity)}`)
    return `  ${kind} ${pathName(entity)}: renamed (${flags.join(' or ')}), or new (--new ${pathName(entity)}; what is gone loses its data)?`
  })
  return new MigrationError(
    'undecided',
    `The change can be read in more than one way. Say which by adding a flag for each:\n${lines.join('\n')}`,
    {
      questions: questions.map(({ kind, entity, candidates }) => ({
        kind,
        entity: pathName(entity),
        flags: [
          ...candidates.map((path) => `--rename ${pathName(path)}=${pathName(entity)}`),
          `--new ${pathName(entity)}`,
        ],
      })),
    },
  )
}
