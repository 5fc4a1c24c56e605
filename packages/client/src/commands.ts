import type { z } from 'zod'
import type { Contract } from './contract/index.ts'
import type { ProcedureContract } from './contract/define.ts'
import { newCommandId } from './commandId.ts'

type HasCommandId<P extends ProcedureContract> = P['kind'] extends 'mutation'
  ? 'commandId' extends keyof z.input<P['input']>
    ? true
    : false
  : false

type CommandPath = {
  [Feature in keyof Contract & string]: {
    [Name in keyof Contract[Feature] & string]: Contract[Feature][Name] extends ProcedureContract
      ? HasCommandId<Contract[Feature][Name]> extends true
        ? `${Feature}.${Name}`
        : never
      : never
  }[keyof Contract[Feature] & string]
}[keyof Contract & string]

/** Written out so that the contract's schemas stay out of the bundle; a gap or an extra does not compile. */
const commands: Readonly<Record<CommandPath, true>> = {
  'movements.post': true,
  'movements.reverse': true,
  'reservations.hold': true,
  'reservations.holdOrder': true,
  'reservations.release': true,
  'checks.count': true,
  'checks.approve': true,
  'attachments.add': true,
}

/** The input as it will be sent: a command without an id gets a new one, everything else stays as it is. */
export function withCommandId(path: string, input: unknown): unknown {
  if (!Object.hasOwn(commands, path) || typeof input !== 'object' || input === null) return input
  return { ...input, commandId: (input as { commandId?: string }).commandId ?? newCommandId() }
}

/** Whether the server recognises a repetition of this input, so that sending it again is harmless. */
export function isCommand(path: string, input: unknown): boolean {
  return Object.hasOwn(commands, path) && typeof input === 'object' && input !== null
}
