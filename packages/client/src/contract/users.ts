import { z } from 'zod'
import { mutation, query } from './define.ts'
import { listInput, page, search } from './list.ts'
import { byId, code, id, lifecycle, line, moment, updateOf } from './values.ts'
import { booleanIs, choiceIs, idsOrNullIs, lifecycleIs, momentOrNullIs, textIs } from './where.ts'

export const role = z.enum(['operator', 'admin'])

const userKind = z.enum(['person', 'service'])

/** bcrypt reads 72 bytes and no more: a longer password is refused, never cut. */
export const maxPasswordBytes = 72

export const password = z
  .string()
  .min(12, 'must have at least 12 characters')
  .refine((value) => new TextEncoder().encode(value).length <= maxPasswordBytes, {
    error: `must have at most ${maxPasswordBytes} bytes`,
  })
  .refine((value) => /^[^\0\p{Cs}]*$/u.test(value), {
    error: 'must be well-formed text without NUL characters',
  })

/** What somebody types, to be compared: as long as it may ever be. */
export const typedPassword = z.string().max(1000)

export const user = z.object({
  id,
  /** `person`: signs in with a password. `service`: comes with an API key. */
  kind: userKind,
  username: z.string(),
  displayName: z.string(),
  role,
  /**
   * The warehouses that the user is restricted to: everywhere else there is nothing to see, and nothing
   * to do. `null`: works in all. An administrator is never restricted.
   */
  warehouseIds: z.array(id).nullable(),
  /** Somebody else chose the password: until it is changed, nothing else may be done. */
  mustChangePassword: z.boolean(),
  /** Since when a sign-in wants a code of the user's authenticator app, too. `null`: it does not. */
  secondFactorSince: moment.nullable(),
  /** Set while the user may not sign in. */
  disabledAt: moment.nullable(),
  createdAt: moment,
  updatedAt: moment,
  version: lifecycle.version,
})

/** Warehouses to restrict somebody to; `null`: to none, so that all are open. */
export const warehouseIds = z.array(id).min(1).max(1000).nullable()

/** An administrator works in all warehouses. */
export const restrictsNoAdmin = [
  (value: { role: z.output<typeof role>; warehouseIds: string[] | null }) =>
    value.role !== 'admin' || value.warehouseIds === null,
  { path: ['warehouseIds'], error: 'an administrator works in all warehouses' },
] satisfies [(value: never) => boolean, object]

export const users = {
  list: query('admin', {
    input: z.strictObject({
      ...listInput(['username', 'createdAt']),
      search,
      role: role.optional(),
      kind: userKind.optional(),
      /** Default: both. */
      disabled: z.boolean().optional(),
      /** What the fields of a row must be like; all that is given must hold. */
      where: z
        .strictObject({
          username: textIs,
          displayName: textIs,
          role: choiceIs(role),
          kind: choiceIs(userKind),
          warehouseIds: idsOrNullIs,
          mustChangePassword: booleanIs,
          secondFactorSince: momentOrNullIs,
          disabledAt: momentOrNullIs,
          ...lifecycleIs,
        })
        .optional(),
    }),
    output: page(user),
  }),
  get: query('admin', { input: byId, output: user }),
  /**
   * Makes a user. Throws ALREADY_EXISTS when the name is taken, REFERENCE_NOT_FOUND (`warehouseIds`).
   */
  create: mutation('admin', {
    input: z
      .strictObject({
        /** What is typed at sign-in; case does not matter. */
        username: code,
        /** Default: the user name. */
        displayName: line(200).optional(),
        role,
        /** Only these warehouses are the user's. Default `null`: all. */
        warehouseIds: warehouseIds.default(null),
        password,
        /** The user must choose another password at the first sign-in. Default `false`. */
        mustChangePassword: z.boolean().default(false),
      })
      .refine(...restrictsNoAdmin),
    output: user,
  }),
  /**
   * Changes what is given. A new role, and other warehouses, act on the user's next call. Who is
   * restricted becomes an administrator only when `warehouseIds` is `null` by then, or with the same
   * change: otherwise INVALID_INPUT names the field. Throws LAST_ADMIN when nobody else could
   * administer, REFERENCE_NOT_FOUND (`warehouseIds`), CHANGED_MEANWHILE.
   */
  update: mutation('admin', {
    input: z.strictObject({
      ...updateOf,
      displayName: line(200).optional(),
      role: role.optional(),
      /** Instead of those before. */
      warehouseIds: warehouseIds.optional(),
    }),
    output: user,
  }),
  /** Shuts a user out, from the next call on, and ends the user's sessions; or lets back in. Throws LAST_ADMIN. */
  disable: mutation('admin', {
    input: z.strictObject({ ...updateOf, disabled: z.boolean().default(true) }),
    output: user,
  }),
  /** Sets a password that must be changed at the next sign-in, and ends the user's sessions. */
  resetPassword: mutation('admin', {
    input: z.strictObject({ id, password }),
    output: user,
  }),
  /**
   * For a user whose authenticator app is lost: sign-in asks for the password alone again, and the
   * user's sessions end. Throws WRONG_STATE when it does so already, INVALID_INPUT for oneself, who has
   * `secondFactor.remove`, NOT_FOUND.
   */
  removeSecondFactor: mutation('admin', { input: byId, output: user }),
}
