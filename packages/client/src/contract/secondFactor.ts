import { z } from 'zod'
import { mutation, query } from './define.ts'
import { typedPassword } from './users.ts'
import { moment } from './values.ts'

/** The six digits that an authenticator app shows, or one of the recovery codes. */
export const secondFactorCode = z
  .string()
  .max(40)
  .regex(/^[\dA-Za-z -]{6,}$/, 'write the six digits of the app, or a recovery code')

export const secondFactor = {
  /** Whether the caller's own sign-in asks for a code. */
  status: query('operator', {
    input: z.strictObject({}).optional(),
    output: z.object({
      /** `null`: it does not. */
      since: moment.nullable(),
      /** How many recovery codes are left. */
      recoveryCodes: z.int(),
    }),
  }),
  /**
   * Makes a secret for the caller's authenticator app. Sign-in asks for its codes after `confirm`;
   * another `begin` before makes another secret. Cannot be called in a batch.
   * Throws SIGN_IN_FAILED when the password is wrong, TOO_MANY_ATTEMPTS, WRONG_STATE when sign-in asks
   * for codes already.
   */
  begin: mutation('operator', {
    input: z.strictObject({ password: typedPassword }),
    output: z.object({
      /** Base32 (RFC 6238, SHA-1, six digits, 30 seconds), for apps that cannot see a QR code. */
      secret: z.string(),
      /** `otpauth://totp/…`, for the QR code. */
      uri: z.string(),
    }),
  }),
  /**
   * Shows that the app has the secret: from now on the caller's sign-in asks for a code. The recovery
   * codes are told this once; each signs in once, in place of the app.
   * Throws SECOND_FACTOR_WRONG, WRONG_STATE without a `begin`.
   */
  confirm: mutation('operator', {
    input: z.strictObject({ code: secondFactorCode }),
    output: z.object({ recoveryCodes: z.array(z.string()) }),
  }),
  /**
   * Sign-in asks the caller for the password alone again. Cannot be called in a batch.
   * Throws SIGN_IN_FAILED, SECOND_FACTOR_WRONG, TOO_MANY_ATTEMPTS, WRONG_STATE.
   */
  remove: mutation('operator', {
    input: z.strictObject({ password: typedPassword, code: secondFactorCode }),
    output: z.object({}),
  }),
}
