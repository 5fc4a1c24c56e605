import { z } from 'zod'
import { mutation, query } from './define.ts'
import { moment } from './values.ts'
import { user } from './users.ts'

export const auth = {
  /** Trades a name and a password for an access token. Throws SIGN_IN_FAILED. */
  signIn: mutation('open', {
    input: z.strictObject({
      username: z
        .string()
        .max(200)
        .regex(/^[^\0]*$/),
      password: z.string().max(1000),
    }),
    output: z.object({
      /** A JWT for the header `authorization: Bearer …`. */
      accessToken: z.string(),
      expiresAt: moment,
      user,
    }),
  }),
  /** Who is signed in. */
  me: query('operator', { input: z.strictObject({}).optional(), output: user }),
}
