import { z } from 'zod'
import { mutation, query } from './define.ts'
import { listInput, page } from './list.ts'
import { byId, id, moment } from './values.ts'
import { momentIs, textOrNullIs } from './where.ts'

export const session = z.object({
  id,
  userId: id,
  username: z.string(),
  /** It is the one of this call. */
  isCurrent: z.boolean(),
  /** The program that signed in, as it names itself. */
  userAgent: z.string().nullable(),
  /** The network address that it signed in from. */
  address: z.string().nullable(),
  createdAt: moment,
  /** To the minute. */
  lastUsedAt: moment,
  /** Whatever happens, it ends here. */
  expiresAt: moment,
})

export const sessions = {
  /** Open sessions: the caller's own, or for an administrator anybody's. */
  list: query('operator', {
    input: z.strictObject({
      ...listInput(['lastUsedAt', 'createdAt']),
      /** Of this user. Default: the caller. Throws ADMIN_REQUIRED for another when the caller is none. */
      userId: id.optional(),
      /** What the fields of a row must be like; all that is given must hold. */
      where: z
        .strictObject({
          userAgent: textOrNullIs,
          address: textOrNullIs,
          createdAt: momentIs,
          lastUsedAt: momentIs,
          expiresAt: momentIs,
        })
        .optional(),
    }),
    output: page(session),
  }),
  /** Ends a session: its next call is refused. Throws NOT_FOUND when it is not open or not the caller's to end. */
  end: mutation('operator', { input: byId, output: z.object({ id }) }),
}
