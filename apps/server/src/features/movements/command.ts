import { hash } from 'node:crypto'
import type { contract, ParsedInput } from '@stockbook/client/contract'
import stableStringify from 'safe-stable-stringify'
import type { Actor } from '../../context.ts'
import { currentRequestId } from '../../requestScope.ts'

type PostInput = ParsedInput<typeof contract.movements.post>
type ReverseInput = ParsedInput<typeof contract.movements.reverse>

/** A variance that an inventory check found: so many base units more, or less, at the time of the count. */
export type CountedLine = {
  type: 'count'
  productId: string
  lotId: string | null
  locationId: string
  /** Counted, less what was expected: not 0. */
  change: number
  checkLineId: string
  reason: string
  /** When it was counted. */
  occurredAt: Date
}

export type LineInput = PostInput['lines'][number] | CountedLine

/** What somebody asks the book to do. */
export type Command = {
  kind: 'post' | 'reverse' | 'check'
  commandId: string
  /** Tells a retry from another command under the same id. */
  contentHash: string
  actor: Actor
  /** When its caller was let in, in milliseconds by `performance.now()`. */
  askedAtMs: number
  /** The request that asked for it, as the audit log has it. */
  requestId: string
  /** Absent: now. */
  occurredAt: Date | undefined
  partnerId: string | null
  reference: string | null
  note: string | null
  deviceId: string | null
  /** Whether a count that was posted saw the effect of what is dated before it. */
  wasCounted: boolean
  lines: readonly LineInput[]
  /** Takes back all movements of this command instead of having lines. */
  reverses: { commandId: string; reason: string } | null
}

/** `movements.post` as a command. */
export function commandToPost(actor: Actor, { lines, ...input }: PostInput): Command {
  const header = { kind: 'post', ...input } as const
  return {
    lines,
    reverses: null,
    contentHash: hashOf(actor, { lines: lines.map(withoutDefaults), ...header }),
    ...envelope(actor, header),
  }
}

/** `movements.reverse` as a command. */
export function commandToReverse(actor: Actor, input: ReverseInput): Command {
  const { movementIds, reversedCommandId, reason, ...header } = input
  return {
    ...envelope(actor, { kind: 'reverse', ...header }),
    lines: (movementIds ?? []).map((movementId) => ({ type: 'reversal', movementId, reason })),
    reverses: reversedCommandId ? { commandId: reversedCommandId.toLowerCase(), reason } : null,
    contentHash: hashOf(actor, { kind: 'reverse', ...input }),
  }
}

/** The posting of an inventory check: adjustments, each dated at its own count. */
export type CheckPosting = {
  commandId: string
  /** All that was asked for: tells a retry from another command under the same id. */
  content: object
  note: string | null
  lines: readonly CountedLine[]
}

export function commandOfCheck(actor: Actor, { content, ...posting }: CheckPosting): Command {
  return {
    ...envelope(actor, { ...plain, ...posting, kind: 'check' }),
    lines: posting.lines,
    reverses: null,
    contentHash: hashOf(actor, { kind: 'check', ...content }),
  }
}

const plain = { partnerId: null, reference: null, deviceId: null, wasCounted: true } as const

type Header = Pick<
  Command,
  'kind' | 'commandId' | 'partnerId' | 'reference' | 'note' | 'deviceId' | 'wasCounted'
> & { occurredAt?: Date | undefined }

function envelope(actor: Actor, header: Header) {
  return {
    kind: header.kind,
    // As PostgreSQL writes it.
    commandId: header.commandId.toLowerCase(),
    actor,
    askedAtMs: performance.now(),
    requestId: currentRequestId(),
    occurredAt: header.occurredAt,
    partnerId: header.partnerId,
    reference: header.reference,
    note: header.note,
    deviceId: header.deviceId,
    wasCounted: header.wasCounted,
  }
}

/** The actor belongs to it: nobody reads another's answer. */
function hashOf(actor: Actor, content: object): string {
  return hash('sha256', stableStringify({ actorId: actor.id, ...withoutDefaults(content) }) ?? '')
}

/**
 * Fields that were added when there were commands already, and what they are when nobody gives them.
 * Left out, so that the hashes of old commands keep matching.
 */
const addedLater: Readonly<Record<string, unknown>> = {
  deviceId: null,
  wasCounted: true,
  reservationId: null,
  allowUnavailableLot: false,
}

function withoutDefaults<T extends object>(content: T): Partial<T> {
  const kept: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(content)) {
    if (!Object.hasOwn(addedLater, field) || addedLater[field] !== value) kept[field] = value
  }
  return kept as Partial<T>
}
