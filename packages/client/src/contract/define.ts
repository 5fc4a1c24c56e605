import type { z } from 'zod'

/**
 * Who may call a procedure. `open`: anyone; `operator`: anyone who is signed in;
 * `admin`: administrators only. An administrator may do all that an operator may.
 */
export type Access = 'open' | 'operator' | 'admin'

/** The two roles that a user can have. */
export type Role = Exclude<Access, 'open'>

/** `query`: reads; `mutation`: writes; `subscription`: reads, and goes on telling what is new. */
export type Kind = 'query' | 'mutation' | 'subscription'

/** What a procedure promises: who may call it, whether it writes, what goes in and what comes out. */
export type ProcedureContract<
  A extends Access = Access,
  K extends Kind = Kind,
  In extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
> = { readonly access: A; readonly kind: K; readonly input: In; readonly output: Out }

/** Describes a procedure that only reads. The SDK may repeat it after a lost connection. */
export function query<A extends Access, In extends z.ZodType, Out extends z.ZodType>(
  access: A,
  io: { input: In; output: Out },
): ProcedureContract<A, 'query', In, Out> {
  return { access, kind: 'query', ...io }
}

/** Describes a procedure that writes. The SDK repeats it only when its input carries a `commandId`. */
export function mutation<A extends Access, In extends z.ZodType, Out extends z.ZodType>(
  access: A,
  io: { input: In; output: Out },
): ProcedureContract<A, 'mutation', In, Out> {
  return { access, kind: 'mutation', ...io }
}

/**
 * Describes a procedure that goes on telling what is new: `output` is one of its events. Each has a
 * `position`, and the input takes one to go on from.
 */
export function subscription<A extends Access, In extends z.ZodType, Out extends z.ZodType>(
  access: A,
  io: { input: In; output: Out },
): ProcedureContract<A, 'subscription', In, Out> {
  return { access, kind: 'subscription', ...io }
}

/** What a procedure's implementation receives: its input after the check, with defaults filled in. */
export type ParsedInput<P extends ProcedureContract> = z.output<P['input']>
