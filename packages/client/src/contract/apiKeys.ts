import { z } from 'zod'
import { mutation, query } from './define.ts'
import { listInput, page } from './list.ts'
import { restrictsNoAdmin, role, warehouseIds } from './users.ts'
import { byId, id, line, moment } from './values.ts'
import { choiceIs, idsOrNullIs, momentIs, momentOrNullIs, textIs } from './where.ts'

export const apiKey = z.object({
  id,
  /** The service user that it acts as: its movements and changes are under this id. */
  userId: id,
  name: z.string(),
  role,
  /** The warehouses that it is restricted to. `null`: all are open to it. */
  warehouseIds: z.array(id).nullable(),
  /** The last characters of the key, to tell it from others. */
  hint: z.string(),
  createdAt: moment,
  expiresAt: moment,
  /** To the minute. `null`: never. */
  lastUsedAt: moment.nullable(),
  /** Set when it was revoked. */
  revokedAt: moment.nullable(),
})

/** The longest that a key may live, in days. */
export const maxApiKeyDays = 366

export const apiKeys = {
  list: query('admin', {
    input: z.strictObject({
      ...listInput(['createdAt', 'name']),
      /** Also those that are revoked or have expired. Default `false`. */
      includeEnded: z.boolean().default(false),
      /** What the fields of a row must be like; all that is given must hold. */
      where: z
        .strictObject({
          name: textIs,
          role: choiceIs(role),
          warehouseIds: idsOrNullIs,
          hint: textIs,
          createdAt: momentIs,
          expiresAt: momentIs,
          lastUsedAt: momentOrNullIs,
          revokedAt: momentOrNullIs,
        })
        .optional(),
    }),
    output: page(apiKey),
  }),
  get: query('admin', { input: byId, output: apiKey }),
  /**
   * Makes a key for a script or a scanner. Throws ALREADY_EXISTS when the name is taken,
   * REFERENCE_NOT_FOUND (`warehouseIds`).
   */
  create: mutation('admin', {
    input: z
      .strictObject({
        /** What it is for; also the name under which its work is recorded. */
        name: line(100),
        role,
        /** Only these warehouses are open to it. Default `null`: all. `users.update` changes it. */
        warehouseIds: warehouseIds.default(null),
        /** At most 366 days ahead. Default: 90 days from now. */
        expiresAt: moment.optional(),
      })
      .refine(...restrictsNoAdmin),
    output: apiKey.extend({
      /** The key itself, `sbk_…`. It is shown this once and kept nowhere. */
      key: z.string(),
    }),
  }),
  /** Ends a key: its next call is refused. Doing it twice changes nothing. */
  revoke: mutation('admin', { input: byId, output: apiKey }),
}
