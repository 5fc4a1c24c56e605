import type { Tx } from '@stockbook/db'
import { StockError } from '../../errors.ts'
import { type Outcome, outcomeAgain, rememberedRefusal } from './answer.ts'
import {
  claimCommands,
  earlierCommands,
  firstShortage,
  movementsOfCommands,
  takePositions,
} from './book.sql.ts'
import { type BookState, loadBook } from './bookState.ts'
import type { Command, LineInput } from './command.ts'
import { accept, judge, shortageInPast, type Verdict } from './judge.ts'
import { type Line, resolveLines } from './lines.ts'
import { loadOutsideWarehouses } from './outsideWarehouses.ts'
import { findNamed } from './references.sql.ts'
import { type LoadedRule, type ResolvedCommand, rules } from './rules.ts'
import { type DecidedCommand, type Movement, writeCommands } from './write.sql.ts'

/**
 * Posts commands inside a transaction, as `judge.ts` describes, each with its own outcome.
 * @param options.isAudited whether the audit log tells of each command. Default: it does.
 */
export async function postInside(
  tx: Tx,
  commands: readonly Command[],
  { isAudited = true }: { isAudited?: boolean } = {},
): Promise<Outcome[]> {
  const { resolved, named } = await resolve(tx, commands)
  const sound = resolved.filter((one) => one.fault === null)
  for (const rule of rules) await rule.lockFirst?.(tx, sound)
  const [earlier, book] = await Promise.all([
    earlierCommands(tx, idsOf(commands)),
    loadBook(
      tx,
      named,
      sound.flatMap((one) => one.lines),
    ),
  ])
  const earlierById = new Map(earlier.map((row) => [row.id, row]))
  const earlierMovements =
    earlier.length === 0 ? [] : await movementsOfCommands(tx, [...earlierById.keys()])
  const fresh = sound.filter(({ command }) => !earlierById.has(command.commandId))
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
  if (decided.length > 0) await writeCommands(tx, decided, book.now)
  for (const rule of loaded) await rule.write?.(tx)
  return outcomes
}

/** A command with the rows that it names, or what is wrong with its input. */
type Resolved =
  | { command: Command; lines: Line[]; fault: null }
  | { command: Command; fault: NonNullable<unknown> }

/** Claims the ids of the commands, looks up what they name, and reads their lines. */
async function resolve(tx: Tx, commands: readonly Command[]) {
  const claimed = claimCommands(tx, idsOf(commands))
  const reversedIds = commands.flatMap(({ reverses }) => reverses?.commandId ?? [])
  const [, reversed] =
    reversedIds.length === 0
      ? [null, []]
      : await Promise.all([claimed, movementsOfCommands(tx, reversedIds)])
  const asked = commands.map((command) => {
    const { reverses } = command
    if (!reverses) return { command, inputs: command.lines }
    const inputs = reversed
      .filter(({ commandId }) => commandId === reverses.commandId)
      .map(({ id }): LineInput => ({ type: 'reversal', movementId: id, reason: reverses.reason }))
    return { command, inputs }
  })
  const inputs = asked.flatMap((one) => one.inputs)
  const [, named] = await Promise.all([claimed, findNamed(tx, commands, inputs)])
  const refuseOutside = await loadOutsideWarehouses(tx, asked, named)
  const resolved = asked.map((one): Resolved => {
    const { command } = one
    try {
      if (command.reverses && one.inputs.length === 0) {
        throw new StockError('NOT_FOUND', { entity: 'command', id: command.reverses.commandId })
      }
      refuseOutside(one)
      return { command, lines: resolveLines(one.inputs, named, command.actor.role), fault: null }
    } catch (error) {
      return { command, fault: error ?? 'nothing was thrown' }
    }
  })
  return { resolved, named }
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
    const taken = await takePositions(tx, missing)
    book.positions.push(...taken.map(({ id }) => id))
  }
  const { movementIds } = accept(book, loaded, verdict)
  const movements = lines.map(
    (line, index): Movement => ({
      ...line,
      id: movementIds[index]!,
      compensatesId: line.compensatesLine === null ? null : movementIds[line.compensatesLine]!,
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
        ...auditOf(command, occurredAt, lines.length, { outcome: 'posted', refusalCode: null }),
        ...(allowed.length > 0 && { allowedUnavailableLots: allowed }),
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
  return { ...decision, lines, reference, partnerId, occurredAt }
}

const idsOf = (commands: readonly Command[]) => commands.map(({ commandId }) => commandId)
