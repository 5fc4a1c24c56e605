import { MigrationError } from '../errors.ts'
import type { Entity, Rename } from '../folder/snapshot.ts'
import { alignNames } from './alignNames.ts'
import { alignNumbering } from './numbering.ts'
import { answerByFlags, decide, type OpenQuestion, undecided, withCandidates } from './answers.ts'
import { dependentsOf } from './dependents.ts'
import { type Answers, differenceOf } from './drizzleKit.ts'
import { reversed } from './renames.ts'

/** Asks a person. Returns the answer, as the flags would. */
export type Ask = (question: OpenQuestion) => Promise<Partial<Answers>>

export type Flags = { renames?: string[]; created?: string[] }

/**
 * The SQL from one schema to the other, and what was renamed on the way.
 * @throws {MigrationError} `undecided` when a rename cannot be told from a new thing, no flag says it
 * and there is nobody to ask; `wrong_usage` when a flag speaks of something that did not change.
 */
export async function upDifference(
  from: Entity[],
  to: Entity[],
  { flags = {}, ask }: { flags?: Flags; ask?: Ask } = {},
): Promise<{ statements: string[]; renames: Rename[] }> {
  const answers: Answers = { renames: [], created: [] }
  const used = new Set<string>()
  for (;;) {
    const difference = await differenceOf(from, to, answers)
    if ('statements' in difference) {
      assertAllUsed(flags, used)
      return { statements: await complete(from, to, answers), renames: answers.renames }
    }
    const open: OpenQuestion[] = []
    for (const raw of difference.questions) {
      const question = withCandidates(raw, from, to, answers.renames)
      const told = answerByFlags(question, flags)
      if (told) used.add(told.flag)
      const answer = told?.answer ?? decide(question, from, to)
      if (answer) add(answers, answer)
      else open.push(question)
    }
    if (open.length === 0) continue
    if (!ask) throw undecided(open)
    // One at a time: an answer may leave no candidate for the next.
    if (open[0]) add(answers, await ask(open[0]))
  }
}

/** A flag with a slip of the pen must not pass as if it had done its work. */
function assertAllUsed({ renames = [], created = [] }: Flags, used: Set<string>): void {
  const flags = [
    ...renames.map((value) => ({ value, flag: `--rename ${value}` })),
    ...created.map((value) => ({ value, flag: `--new ${value}` })),
  ]
  const unused = flags.filter(({ value }) => !used.has(value)).map(({ flag }) => flag)
  if (unused.length === 0) return
  throw new MigrationError(
    'wrong_usage',
    `${unused.join(' and ')} answers no question: nothing of that name is new while another of its kind is gone.`,
  )
}

/** The SQL of the way back: the same difference the other way round, with the renames reversed. */
export async function downDifference(
  from: Entity[],
  to: Entity[],
  renames: Rename[],
): Promise<string[]> {
  const answers: Answers = { renames: reversed(renames), created: [] }
  for (;;) {
    const difference = await differenceOf(from, to, answers)
    if ('statements' in difference) return complete(from, to, answers)
    answers.created.push(...difference.questions)
  }
}

/** The statements, with what drizzle-kit leaves out: dependents set aside, numbering and derived names aligned. */
async function complete(from: Entity[], to: Entity[], answers: Answers): Promise<string[]> {
  const aside = dependentsOf(from, to, answers.renames)
  const isBare = (entity: Entity) => !aside.has(entity)
  const bareFrom = from.filter(isBare)
  const bareTo = to.filter(isBare)
  const main = await statementsOf(bareFrom, bareTo, answers)
  const statements = [
    ...(await statementsOf(from, bareFrom)),
    ...alignNumbering(main, bareFrom, bareTo),
    ...(await statementsOf(bareTo, to)),
  ]
  return [...statements, ...alignNames(bareFrom, bareTo, answers.renames, statements)]
}

async function statementsOf(
  from: Entity[],
  to: Entity[],
  answers: Answers = { renames: [], created: [] },
): Promise<string[]> {
  const difference = await differenceOf(from, to, answers)
  if ('statements' in difference) return difference.statements
  throw new Error(`No answer for ${JSON.stringify(difference.questions)}`)
}

function add(answers: Answers, { renames = [], created = [] }: Partial<Answers>): void {
  answers.renames.push(...renames)
  answers.created.push(...created)
}
