import type { Tx } from '@stockbook/db'
import { StockError } from '../../errors.ts'
import { lostCallers } from '../auth/lostCallers.sql.ts'
import { type Outcome, outcomeAgain, rememberedRefusal } from './answer.ts'
import {
  claimCommands,
  earlierCommands,
  firstShortage,
  movementsById,
  movementsOfCommands,
  positionsOf,
  readMoment,
  type WrittenMovement,
} from './book.sql.ts'
import { type BookState, holdBook, holdLateLevels } from './bookState.ts'
import type { Command, LineInput } from './command.ts'
import { goodsOf, namedIds, takenBackBy, wholeProducts } from './goods.ts'
import { accept, judge, shortageInPast, type Verdict } from './judge.ts'
import { type Line, resolveLines } from './lines.ts'
import { type Asked, loadOutsideWarehouses } from './outsideWarehouses.ts'
import { findLots, findNamed, type Named } from './references.sql.ts'
import { type LoadedRule, type ResolvedCommand, rules } from './rules.ts'
import { type DecidedCommand, type Movement, writeCommands } from './write.sql.ts'

/** What became of commands, and what is on its way to be written. */
export type Posting = {
  outcomes: Outcome[]
  /** Fulfilled when all is written. It was sent already: a `commit` may follow at once. */
  written: Promise<unknown>
}

/**
 * Posts commands inside a transaction, as `judge.ts` describes, each with its own outcome.
 * @param options.isAudited whether the audit log tells of each command. Default: it does.
 */
export async function postInside(
  tx: Tx,
  commands: readonly Command[],
  { isAudited = true }: { isAudited?: boolean } = {},
): Promise<Posting> {
  const { resolved, earlier, ids, ...opened } = await open(tx, commands)
  const earlierById = new Map(earlier.map((row) => [row.id, row]))
  const sound = resolved.filter((one) => one.fault === null)
  const fresh = sound.filter(({ command }) => !earlierById.has(command.commandId))
  let book = await holdLateLevels(
    tx,
    opened.book,
    sound.flatMap(({ lines }) => lines),
  )
  if (book !== opened.book) {
    const [lots] = await Promise.all([
      findLots(tx, ids.lots),
      ...rules.flatMap((rule) => rule.ask?.(tx, [...ids.products]) ?? []),
    ])
    book = { ...book, named: { ...book.named, lots } }
  }
  const earlierMovements =
    earlier.length === 0 ? [] : await movementsOfCommands(tx, [...earlierById.keys()])
  const loaded: LoadedRule[] = []
  for (const rule of rules) loaded.push(await rule.load(tx, fresh, book))

  const decided: DecidedCommand[] = []
  const outcomes: Outcome[] = []
  for (const one of resolved) {
    const before = earlierById.get(one.command.commandId)
    if (before) outcomes.push(outcomeAgain(before, one.command, earlierMovements))
    else if (one.fault !== null) outcomes.push({ is: 'failed', error: one.fault })
    else {
      const { outcome, written } = await decide(tx, book, loaded, one)
      outcomes.push(outcome)
      if (written) decided.push(isAudited ? written : { ...written, audit: null })
    }
  }
  const written = decided.length === 0 ? Promise.resolve() : writeCommands(tx, decided, book.now)
  const byRules = loaded.flatMap((rule) => rule.write?.(tx) ?? [])
  if (byRules.length > 0) await Promise.all([written, ...byRules])
  return { outcomes, written }
}

/** A command with the rows that it names, or what is wrong with its input. */
type Resolved =
  | { command: Command; lines: Line[]; fault: null }
  | { command: Command; fault: NonNullable<unknown> }

/**
 * Takes all locks, reads what is under them, and makes sense of the lines. All is sent in one go, in the
 * order of the locks; only what takes back something must first know what that is.
 */
async function open(tx: Tx, commands: readonly Command[]) {
  const commandIds = commands.map(({ commandId }) => commandId)
  const claimed = claimCommands(tx, commandIds)
  const reversedIds = commands.flatMap(({ reverses }) => reverses?.commandId ?? [])
  const [, reversed] =
    reversedIds.length === 0
      ? [null, []]
      : await Promise.all([claimed, movementsOfCommands(tx, reversedIds)])
  const asked = commands.map((command) => ({ command, inputs: inputsOf(command, reversed) }))
  const inputs = asked.flatMap((one) => one.inputs)
  const originalIds = takenBackBy(inputs)
  const [, originals] =
    originalIds.length === 0
      ? [null, []]
      : await Promise.all([claimed, movementsById(tx, originalIds)])

  const goods = goodsOf(inputs, originals)
  const ids = namedIds(commands, goods)
  const productIds = [...ids.products]
  const whole = wholeProducts(originals)
  const [, found, , earlier, held, lots] = await Promise.all([
    claimed,
    findNamed(tx, ids),
    Promise.all(rules.flatMap((rule) => rule.lockFirst?.(tx, productIds, whole) ?? [])),
    earlierCommands(tx, commandIds),
    holdBook(tx, goods, originalIds, whole),
    findLots(tx, ids.lots),
    Promise.all(rules.flatMap((rule) => rule.ask?.(tx, productIds) ?? [])),
  ])
  const named = { ...found, lots, originals: new Map(originals.map((one) => [one.id, one])) }
  const refuseOutside = await loadOutsideWarehouses(tx, asked, named)
  const lost = await commandsOfLost(tx, commands)
  const resolved = asked.map((one) =>
    lost.has(one.command)
      ? { command: one.command, fault: new StockError('SIGN_IN_REQUIRED') }
      : resolve(one, named, refuseOutside),
  )
  const lostIds = [...lost].map(({ commandId }) => commandId)
  const known = earlier.filter(({ id }) => !lostIds.includes(id))
  return { resolved, earlier: known, ids, book: { ...held, named } satisfies BookState }
}

/** A caller whose command waits for longer, for others or for its goods, is looked at again. */
const trustedMs = 100

/** Commands of callers who would not be let in any more. The locks are held, so nobody waits from now on. */
async function commandsOfLost(tx: Tx, commands: readonly Command[]): Promise<ReadonlySet<Command>> {
  const since = performance.now() - trustedMs
  const late = commands.filter(({ askedAtMs }) => askedAtMs < since)
  if (late.length === 0) return new Set()
  const lost = await lostCallers(
    tx,
    late.map(({ actor }) => actor),
  )
  return new Set(
    late.filter(({ actor: { sessionId, apiKeyId } }) => lost.has(sessionId ?? apiKeyId ?? '')),
  )
}

/** The lines of a command; of one that takes back another, all that this moved. */
function inputsOf(
  { lines, reverses }: Command,
  reversed: readonly WrittenMovement[],
): readonly LineInput[] {
  if (!reverses) return lines
  return reversed
    .filter(({ commandId }) => commandId === reverses.commandId)
    .map(({ id }) => ({ type: 'reversal', movementId: id, reason: reverses.reason }))
}

function resolve(one: Asked, named: Named, refuseOutside: (one: Asked) => void): Resolved {
  const { command, inputs } = one
  try {
    if (command.reverses && inputs.length === 0) {
      throw new StockError('NOT_FOUND', { entity: 'command', id: command.reverses.commandId })
    }
    refuseOutside(one)
    return { command, lines: resolveLines(inputs, named, command.actor.role), fault: null }
  } catch (error) {
    return { command, fault: error ?? 'nothing was thrown' }
  }
}

type Decision = { outcome: Outcome; written?: DecidedCommand }

/** Decides one command, and takes it into the state of the book when it passes. */
async function decide(
  tx: Tx,
  book: BookState,
  loaded: readonly LoadedRule[],
  one: ResolvedCommand,
): Promise<Decision> {
  let verdict: Verdict
  try {
    verdict = judge(book, loaded, one)
  } catch (error) {
    return { outcome: { is: 'failed', error } }
  }
  if (verdict.refusal === null && verdict.mustWait) return { outcome: { is: 'waiting' } }
  const refusal =
    verdict.refusal ?? (await refuseShortageInPast(tx, book, verdict)) ?? verdict.shortage
  return refusal ? refused(verdict, refusal) : posted(tx, book, loaded, verdict)
}

async function refuseShortageInPast(tx: Tx, book: BookState, { past, changes }: Verdict) {
  const shortage = past.length === 0 ? null : await firstShortage(tx, past)
  return shortage && shortageInPast(book, changes, shortage)
}

function refused({ command, lines, occurredAt }: Verdict, refusal: StockError): Decision {
  const { code, detail } = refusal
  return {
    outcome: { is: 'refused', refusal: rememberedRefusal(code, detail) },
    written: {
      command,
      occurredAt,
      refusal: { code, detail },
      audit: auditOf(command, occurredAt, lines.length, { outcome: 'refused', refusalCode: code }),
      movements: [],
    },
  }
}

async function posted(
  tx: Tx,
  book: BookState,
  loaded: readonly LoadedRule[],
  verdict: Verdict,
): Promise<Decision> {
  const { command, lines, occurredAt, unavailableLots } = verdict
  const missing = lines.length - book.positions.length
  if (missing > 0) {
    const [moment] = await readMoment(tx, missing)
    book.positions.push(...positionsOf(moment!))
  }
  const { movementIds } = accept(book, loaded, verdict)
  const movements = lines.map(
    (line, index): Movement => ({
      id: movementIds[index]!,
      compensatesId: line.compensatesLine === null ? null : movementIds[line.compensatesLine]!,
      ...line,
    }),
  )
  const allowed = unavailableLots.map(({ line, lot, status }) => ({
    line: line.line,
    lotId: lot.id,
    status,
    reason: line.reason,
  }))
  return {
    outcome: {
      is: 'posted',
      answer: {
        commandId: command.commandId,
        replayed: false,
        occurredAt,
        recordedAt: book.now,
        movements,
      },
    },
    written: {
      command,
      occurredAt,
      refusal: null,
      audit: {
        ...(allowed.length > 0 && { allowedUnavailableLots: allowed }),
        ...auditOf(command, occurredAt, lines.length, { outcome: 'posted', refusalCode: null }),
      },
      movements,
    },
  }
}

function auditOf(
  { reference, partnerId }: Command,
  occurredAt: Date,
  lines: number,
  decision: { outcome: string; refusalCode: string | null },
) {
  return { lines, reference, partnerId, occurredAt, ...decision }
}
