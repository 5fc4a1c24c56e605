import { z } from 'zod'
import { mutation, query } from './define.ts'
import { listInput, page, search } from './list.ts'
import { code, id, lifecycle, line, moment } from './values.ts'

export const role = z.enum(['operator', 'admin'])

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

export const user = z.object({
  id,
  username: z.string(),
  displayName: z.string(),
  role,
  /** Set while the user may not sign in. */
  disabledAt: moment.nullable(),
  createdAt: moment,
  updatedAt: moment,
  version: lifecycle.version,
})

export const users = {
  /** Makes a user. Throws ALREADY_EXISTS when the name is taken. */
  create: mutation('admin', {
    input: z.strictObject({
      /** What is typed at sign-in; case does not matter. */
      username: code,
      /** Default: the user name. */
      displayName: line(200).optional(),
      role,
      password,
    }),
    output: user,
  }),
  list: query('admin', {
    input: z.strictObject({
      ...listInput(['username', 'createdAt']),
      search,
      role: role.optional(),
    }),
    output: page(user),
  }),
}
