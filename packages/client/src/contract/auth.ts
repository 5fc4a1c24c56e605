import { z } from 'zod'
import { mutation, query } from './define.ts'
import { secondFactorCode } from './secondFactor.ts'
import { password, typedPassword, user } from './users.ts'
import { moment } from './values.ts'

const refreshToken = z
  .string()
  .max(200)
  .regex(/^[\w.-]+$/)

/** An open session: what the next calls are made with. */
export const openSession = z.object({
  /** A JWT for the header `authorization: Bearer …`. */
  accessToken: z.string(),
  /** When the access token ends. Get another one with `auth.refresh` before. */
  expiresAt: moment,
  /** Good for one `auth.refresh`. `null` when the browser keeps it in a cookie. */
  refreshToken: z.string().nullable(),
  user,
})

export const auth = {
  /**
   * Trades a name and a password for a session. Cannot be called in a batch. Throws SIGN_IN_FAILED,
   * SECOND_FACTOR_REQUIRED when the password was right and a `code` is wanted, SECOND_FACTOR_WRONG,
   * TOO_MANY_ATTEMPTS (with `retryAfterSeconds`), CROSS_SITE_REFUSED.
   */
  signIn: mutation('open', {
    input: z.strictObject({
      username: z
        .string()
        .max(200)
        .regex(/^[^\0\p{Cs}]*$/u),
      password: typedPassword,
      /** Of the authenticator app, or a recovery code. Only users who set one up are asked for it. */
      code: secondFactorCode.optional(),
      /**
       * Who keeps the refresh token. `caller`: it is in the answer. `cookie`: a browser on the
       * server's own origin, in a cookie that no script can read. Default `caller`.
       */
      keep: z.enum(['caller', 'cookie']).default('caller'),
    }),
    output: openSession,
  }),
  /**
   * Trades a refresh token for a new pair; the old one is used up. Coming with an older one ends the
   * session, for somebody else may have it; within a few seconds the one just used up still gives the
   * same new pair, so that two tabs may race. Throws SIGN_IN_REQUIRED, CROSS_SITE_REFUSED.
   */
  refresh: mutation('open', {
    input: z.strictObject({
      /** Absent: it comes in the cookie. */
      refreshToken: refreshToken.optional(),
    }),
    output: openSession,
  }),
  /** Ends the session of this call. */
  signOut: mutation('operator', { input: z.strictObject({}).optional(), output: z.object({}) }),
  /** Ends all sessions of the caller, this one too. */
  signOutEverywhere: mutation('operator', {
    input: z.strictObject({}).optional(),
    output: z.object({
      /** How many were open. */
      ended: z.int(),
    }),
  }),
  /** Changes the caller's own password and ends the caller's other sessions. Throws SIGN_IN_FAILED. */
  changePassword: mutation('operator', {
    input: z.strictObject({ currentPassword: typedPassword, newPassword: password }),
    output: user,
  }),
  /** Who is signed in. */
  me: query('operator', { input: z.strictObject({}).optional(), output: user }),
}
