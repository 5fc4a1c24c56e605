import type { Tx } from '@stockbook/db'
import { type BookState, sidesOf } from './bookState.ts'
import type { Command } from './command.ts'
import {
  compensationsOf,
  insertUncounted,
  type PostedCount,
  postedCountsAfter,
  type WrittenCompensation,
} from './compensations.sql.ts'
import { type Line, plainLine } from './lines.ts'
import type { DatedCommand, LoadedRule, ResolvedCommand, Rule } from './rules.ts'

/*
 * What was counted stands. When the book learns of something that happened before a count which is
 * posted already, the count had seen the effect, so an adjustment takes it out of the book again: at
 * the first such count, linked to the movement and to the line of the check. Unless who posts it says
 * that the count did not see it (`wasCounted: false`).
 *
 * A reversal says that its movement never happened, so it stands in time where that one does. It takes
 * back the compensation of its movement too, where there is one.
 */

/** The greatest position that there can be: of a movement that is not written yet. */
const notWrittenYet = '9223372036854775807'

type Side = ReturnType<typeof sidesOf>[number]

/** A change of a stock level that a posted count may have seen. */
type Question = { command: Command; line: Line; side: Side; at: Date; position: string }

export const countedStands: Rule = {
  async load(tx, commands, book) {
    const uncounted: number[] = []
    const compensate = await loadCompensations(tx, commands, book)
    return {
      linesToAdd: (command) => (command.command.wasCounted ? compensate(command) : []),
      accept({ command, movementIds }) {
        if (!command.wasCounted) uncounted.push(...movementIds)
      },
      write: () => (uncounted.length === 0 ? null : insertUncounted(tx, uncounted).then(() => {})),
    } satisfies LoadedRule
  },
}

async function loadCompensations(
  tx: Tx,
  commands: readonly ResolvedCommand[],
  book: BookState,
): Promise<(command: DatedCommand) => Line[]> {
  const questions = commands.flatMap(questionsOf)
  if (questions.length === 0) return () => []
  const reversedIds = questions.flatMap(({ line }) => line.reversesId ?? [])
  const [counts, compensations] = await Promise.all([
    postedCountsAfter(
      tx,
      questions.map(({ side }) => side.productId),
      questions.map(({ side }) => side.locationId),
      questions.map(({ side }) => side.lotId),
      questions.map(({ at }) => at.toISOString()),
      questions.map(({ position }) => position),
    ),
    reversedIds.length === 0 ? [] : compensationsOf(tx, reversedIds),
  ])
  const countOf = new Map(counts.map((count) => [questions[count.asked - 1]!, count]))

  return ({ command, lines, occurredAt }) => {
    const takenBack = new Set(lines.map(({ reversesId }) => reversesId))
    const added: Line[] = []
    for (const question of questions) {
      if (question.command !== command) continue
      const number = lines.length + added.length
      const answer = answerTo(question, occurredAt, number)
      if (answer) added.push(answer)
    }
    return added

    function answerTo(question: Question, at: Date, number: number): Line | null {
      const count = countOf.get(question)
      const { line, side } = question
      const earlier = compensations.filter(
        (one) => one.compensatesId === line.reversesId && one.locationId === side.locationId,
      )
      if (earlier.length === 0) return count ? compensation(question, count, at, number) : null
      const standing = earlier.find(
        ({ id, isReversed }) => !isReversed && !takenBack.has(id) && !book.reversedBy.has(id),
      )
      return standing ? reversalOf(standing, question, at, number) : null
    }
  }
}

/** Only what is dated, or takes back something that was, can stand before a count. */
function questionsOf({ command, lines }: ResolvedCommand): Question[] {
  if (!command.wasCounted) return []
  return lines.flatMap((line) => {
    const at = line.originalOccurredAt ?? line.occurredAt ?? command.occurredAt
    if (!at) return []
    const position = line.reversesId === null ? notWrittenYet : String(line.reversesId)
    return sidesOf(line).map((side) => ({ command, line, side, at, position }))
  })
}

function compensation(
  { line, side }: Question,
  { checkLineId, title, countedMs }: PostedCount,
  occurredAt: Date,
  number: number,
): Line {
  const moment = line.occurredAt ?? occurredAt
  return {
    ...adjustment(side, -side.change, number),
    reason: `Inventory check: ${title}`,
    checkLineId,
    compensatesLine: line.line,
    occurredAt: new Date(Math.max(countedMs, moment.getTime())),
  }
}

function reversalOf(
  { id, occurredMs }: WrittenCompensation,
  { line, side }: Question,
  occurredAt: Date,
  number: number,
): Line {
  return {
    ...adjustment(side, -side.change, number),
    reason: line.reason,
    reversesId: id,
    originalOccurredAt: new Date(occurredMs),
    occurredAt: new Date(Math.max(occurredMs, occurredAt.getTime())),
  }
}

function adjustment({ productId, lotId, locationId }: Side, change: number, line: number): Line {
  return {
    ...plainLine,
    line,
    type: 'adjustment',
    productId,
    lotId,
    fromLocationId: change < 0 ? locationId : null,
    toLocationId: change > 0 ? locationId : null,
    quantity: Math.abs(change),
    reason: null,
    archived: null,
  }
}
