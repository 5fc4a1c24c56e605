import type { ApiInputs, ApiOutputs } from '../apiRouter.ts'
import { newCommandId } from '../commandId.ts'
import type { ErrorDetail } from '../errors.ts'
import type { ErrorCode } from '../StockbookError.ts'

/** The commands that an outbox keeps. */
export type OutboxPath =
  | 'movements.post'
  | 'movements.reverse'
  | 'checks.count'
  | 'reservations.hold'
  | 'reservations.holdOrder'
  | 'reservations.release'

type OwnFields = {
  /** The field that says when it happened. */
  time: string | null
  /** Whether a command that is given again happens when it is given again. */
  isTimedAnew: boolean
  /** The field that names the device. */
  device: string | null
}

const movement: OwnFields = { time: 'occurredAt', isTimedAnew: true, device: 'deviceId' }
const reservation: OwnFields = { time: null, isTimedAnew: false, device: null }

/** What the outbox itself writes into a command. */
const ownFields: Readonly<Record<OutboxPath, OwnFields>> = {
  'movements.post': movement,
  'movements.reverse': movement,
  // What was seen then is no count of what is there now.
  'checks.count': { time: 'countedAt', isTimedAnew: false, device: null },
  'reservations.hold': reservation,
  'reservations.holdOrder': reservation,
  'reservations.release': reservation,
}

type At<Features, Path extends string> = Path extends `${infer Feature}.${infer Name}`
  ? Features[Feature & keyof Features][Name & keyof Features[Feature & keyof Features]]
  : never

/** What a command takes. Its id, its time and its device are filled in where they are absent. */
export type OutboxInput<Path extends OutboxPath> = Omit<At<ApiInputs, Path>, 'commandId'> & {
  commandId?: string
}

/** Why a command did not go through: the facts of the StockbookError. */
export type OutboxFailure = {
  code: ErrorCode
  message: string
  detail: ErrorDetail
  requestId: string | null
}

type Given<Path extends OutboxPath> = {
  commandId: string
  path: Path
  /** Exactly what is sent, however often. */
  input: At<ApiInputs, Path>
  /** Who gave the command: nobody else's sign-in sends it. `null`: whoever is signed in. */
  userId: string | null
  /** When it was given, by the clock of the device. */
  addedAt: Date
  /** How often its sending has begun. 0: the server cannot know of it. */
  attempts: number
}

type Waiting = {
  status: 'waiting'
  /** What the last attempt failed with. `null`: not tried yet, or the answer is still to come. */
  failure: OutboxFailure | null
}

type Done<Path extends OutboxPath> = {
  status: 'done'
  /** What the server answered. */
  result: At<ApiOutputs, Path>
  endedAt: Date
}

type Refused = {
  status: 'refused'
  failure: OutboxFailure
  /** The server may have done it all the same: only the same id finds out. */
  isUncertain: boolean
  endedAt: Date
}

/** One command of an outbox: waiting, done, or refused and in the inbox, where a person decides. */
export type OutboxEntry = {
  [Path in OutboxPath]: Given<Path> & (Waiting | Done<Path> | Refused)
}[OutboxPath]

/** A command as it begins to wait. */
export function newEntry<Path extends OutboxPath>(
  path: Path,
  input: OutboxInput<Path>,
  { userId, deviceId, now }: { userId: string | null; deviceId: string | null; now: Date },
): OutboxEntry {
  const { time, device } = ownFields[path]
  const filled = {
    ...(device === null || deviceId === null ? {} : { [device]: deviceId }),
    ...(time === null ? {} : { [time]: now }),
    ...withoutAbsent(input),
    commandId: input.commandId ?? newCommandId(),
  }
  return {
    commandId: filled.commandId,
    path,
    input: filled as unknown as At<ApiInputs, Path>,
    userId,
    addedAt: now,
    attempts: 0,
    status: 'waiting',
    failure: null,
  } as OutboxEntry
}

/** Whether two commands of one id do the same, whenever they were given. */
export function isSameCommand(one: OutboxEntry, other: OutboxEntry): boolean {
  return essenceOf(one) === essenceOf(other)
}

function essenceOf({ path, input, userId }: OutboxEntry): string {
  const { time, device } = ownFields[path]
  return JSON.stringify([path, userId, input], (key, value: unknown) =>
    key === time || key === device ? undefined : value,
  )
}

/** The same command as a new one, with another id: as of now, unless it says what was seen earlier. */
export function asNewCommand(entry: OutboxEntry, now: Date): OutboxEntry {
  const { time, isTimedAnew } = ownFields[entry.path]
  const commandId = newCommandId()
  const isTimeAtFault = entry.status === 'refused' && entry.failure.code === 'OCCURRED_AT_IN_FUTURE'
  const isNow = time !== null && (isTimedAnew || isTimeAtFault)
  return {
    ...waitingAgain(entry),
    commandId,
    input: { ...entry.input, ...(isNow ? { [time]: now } : {}), commandId },
    addedAt: now,
    attempts: 0,
  } as OutboxEntry
}

/** The same command once more, under the id that the server may know. */
export function waitingAgain(entry: OutboxEntry): OutboxEntry {
  return { ...givenOf(entry), status: 'waiting', failure: null } as OutboxEntry
}

/** What stays the same, whatever becomes of the command. */
export function givenOf({ commandId, path, input, userId, addedAt, attempts }: OutboxEntry) {
  return { commandId, path, input, userId, addedAt, attempts }
}

function withoutAbsent(input: object): object {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
}
