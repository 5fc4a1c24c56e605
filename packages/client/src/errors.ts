import type { TRPC_ERROR_CODE_KEY } from '@trpc/server'

/** Every failure that Stockbook names: the transport code it travels under, and its sentence. */
export const errorCatalogue = {
  INVALID_INPUT: {
    transport: 'BAD_REQUEST',
    message: 'The input is not valid. Each issue names its field and what is wrong with it.',
  },
  INVALID_CURSOR: {
    transport: 'BAD_REQUEST',
    message: 'The cursor does not belong to this list. Start again without a cursor.',
  },
  QUANTITY_NOT_WHOLE: {
    transport: 'BAD_REQUEST',
    message: 'The quantity is not a whole number of base units.',
  },
  REFERENCE_NOT_FOUND: {
    transport: 'BAD_REQUEST',
    message: 'The input names something that does not exist.',
  },
  LOT_REQUIRED: {
    transport: 'BAD_REQUEST',
    message: 'This product is tracked by lot: the line must name one.',
  },
  LOT_NOT_ALLOWED: {
    transport: 'BAD_REQUEST',
    message: 'The line names a lot that does not belong to its product.',
  },
  LOCATION_HOLDS_NO_STOCK: {
    transport: 'BAD_REQUEST',
    message: 'Only bins hold stock. Name a bin inside this location.',
  },
  OCCURRED_AT_IN_FUTURE: {
    transport: 'BAD_REQUEST',
    message: 'A movement cannot have happened in the future.',
  },
  FILE_NOT_ACCEPTED: {
    transport: 'BAD_REQUEST',
    message:
      'Files are PNG, JPEG, WebP, PDF or CSV, and their name ends as what they are, like "photo.jpg".',
  },
  UNSUPPORTED_REQUEST: {
    transport: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'Send the request as application/json.',
  },
  PAYLOAD_TOO_LARGE: {
    transport: 'PAYLOAD_TOO_LARGE',
    message: 'The request is too large. Send it in smaller parts.',
  },
  TOO_MANY_CALLS: {
    transport: 'BAD_REQUEST',
    message: 'A batch may hold ten calls at most.',
  },
  UNKNOWN_PROCEDURE: {
    transport: 'NOT_FOUND',
    message: 'The server has no procedure of this name.',
  },
  METHOD_NOT_ALLOWED: {
    transport: 'METHOD_NOT_SUPPORTED',
    message: 'Read with GET, write with POST.',
  },
  SIGN_IN_FAILED: {
    transport: 'UNAUTHORIZED',
    message: 'The user name or the password is wrong, or the user is disabled.',
  },
  SECOND_FACTOR_REQUIRED: {
    transport: 'UNAUTHORIZED',
    message: 'Give the code of the authenticator app, too.',
  },
  SECOND_FACTOR_WRONG: {
    transport: 'UNAUTHORIZED',
    message: 'The code is wrong or used already.',
  },
  SIGN_IN_REQUIRED: {
    transport: 'UNAUTHORIZED',
    message: 'Sign in first: the token is missing, has expired or is not valid.',
  },
  TOO_MANY_ATTEMPTS: {
    transport: 'TOO_MANY_REQUESTS',
    message: 'Too many attempts. Wait before the next one.',
  },
  TOO_MANY_SUBSCRIPTIONS: {
    transport: 'TOO_MANY_REQUESTS',
    message: 'This user has too many subscriptions open. Close one first.',
  },
  PASSWORD_CHANGE_REQUIRED: {
    transport: 'FORBIDDEN',
    message: 'Choose a password of your own first: auth.changePassword.',
  },
  CROSS_SITE_REFUSED: {
    transport: 'FORBIDDEN',
    message: 'A session in a cookie can be used from the own pages of the server only.',
  },
  ADMIN_REQUIRED: { transport: 'FORBIDDEN', message: 'Only an administrator may do this.' },
  FIELD_FORBIDDEN: {
    transport: 'FORBIDDEN',
    message: 'Only an administrator may ask for this field, or give it.',
  },
  OUTSIDE_WAREHOUSES: {
    transport: 'FORBIDDEN',
    message: 'There is no such place in the warehouses that this user may work in.',
  },
  NOT_FOUND: { transport: 'NOT_FOUND', message: 'There is nothing of this id or code.' },
  ALREADY_EXISTS: {
    transport: 'CONFLICT',
    message: 'This value must be unique and is already taken.',
  },
  ARCHIVED: {
    transport: 'CONFLICT',
    message: 'This is archived and takes no new stock or changes.',
  },
  IN_USE: { transport: 'CONFLICT', message: 'This is still in use.' },
  INVALID_PARENT: { transport: 'CONFLICT', message: 'This cannot stand below that parent.' },
  LAST_ADMIN: {
    transport: 'CONFLICT',
    message: 'Nobody else could administer: make another administrator first.',
  },
  CHANGED_MEANWHILE: {
    transport: 'CONFLICT',
    message: 'Somebody changed this since you read it. Read it again and decide.',
  },
  INSUFFICIENT_STOCK: {
    transport: 'CONFLICT',
    message: 'Not enough stock at the source location.',
  },
  INSUFFICIENT_STOCK_IN_PAST: {
    transport: 'CONFLICT',
    message: 'Dated like this, the stock would have been below zero then or later.',
  },
  PERIOD_CLOSED: {
    transport: 'CONFLICT',
    message: 'The book is closed for that time: nothing dated before the closing is posted.',
  },
  LOT_NOT_AVAILABLE: {
    transport: 'CONFLICT',
    message:
      'This lot is expired, on hold or recalled. An administrator may ship it with allowUnavailableLot and a reason.',
  },
  RESERVATION_EXPIRED: {
    transport: 'CONFLICT',
    message: 'The reservation has expired and holds nothing any more.',
  },
  RESERVATION_CLOSED: {
    transport: 'CONFLICT',
    message: 'The reservation is shipped or released: nothing of it is open.',
  },
  RESERVATION_EXCEEDED: {
    transport: 'CONFLICT',
    message: 'This is more than the reservation still holds.',
  },
  TOO_MANY_ATTACHMENTS: {
    transport: 'CONFLICT',
    message: 'This has as many files as it may have. Remove one first.',
  },
  WRONG_STATE: {
    transport: 'CONFLICT',
    message: 'This cannot be done in the present state.',
  },
  COUNT_INCOMPLETE: {
    transport: 'CONFLICT',
    message: 'Some lines have not been counted. Count them, or skip them on purpose.',
  },
  SEPARATION_OF_DUTIES: {
    transport: 'FORBIDDEN',
    message: 'Somebody else must do this: who counted may neither recount nor approve it.',
  },
  LOT_CONFLICT: {
    transport: 'CONFLICT',
    message:
      'The lot is known with another expiry date. Nothing was changed: find out which is right.',
  },
  SCAN_INVALID: {
    transport: 'BAD_REQUEST',
    message: 'The scan is not valid GS1 data.',
  },
  ALREADY_REVERSED: { transport: 'CONFLICT', message: 'This movement was reversed before.' },
  NOT_REVERSIBLE: {
    transport: 'CONFLICT',
    message:
      'This movement cannot be taken back like this: it is a reversal itself, or is dated later.',
  },
  COMMAND_ID_REUSED: {
    transport: 'CONFLICT',
    message: 'This command id was used before with other content. Take a new id.',
  },
  UNAVAILABLE: {
    transport: 'SERVICE_UNAVAILABLE',
    message: 'The server cannot answer at the moment. Try again.',
  },
  INTERNAL: {
    transport: 'INTERNAL_SERVER_ERROR',
    message: 'Something went wrong on the server. Its log has the details under the request id.',
  },
} as const satisfies Record<Uppercase<string>, { transport: TRPC_ERROR_CODE_KEY; message: string }>

/** A failure that the server names. Stable: callers may branch on it. */
export type ServerErrorCode = keyof typeof errorCatalogue

/** Facts that a person can act on, for instance `{ available: 0, requested: 1 }`. */
export type ErrorDetail = Readonly<Record<string, unknown>>

/** What the server puts beside tRPC's own error data. */
export type ErrorData = { code: ServerErrorCode; detail: ErrorDetail; requestId: string }
