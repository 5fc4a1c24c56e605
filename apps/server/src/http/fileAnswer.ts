import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import type express from 'express'
import type { Services } from '../context.ts'
import { StockError } from '../errors.ts'
import { errorData, sentenceOf, toTransportError } from '../transport.ts'

/**
 * Who asks for a file: whoever may call a procedure.
 * @throws StockError SIGN_IN_REQUIRED, PASSWORD_CHANGE_REQUIRED
 */
export async function knownCaller({ callers }: Services, authorization: string | undefined) {
  const caller = await callers.read(authorization)
  if (!caller) throw new StockError('SIGN_IN_REQUIRED')
  if (caller.mustChangePassword) throw new StockError('PASSWORD_CHANGE_REQUIRED')
  return caller
}

/** Says what is wrong; or, when some of the file is already under way, breaks it off. */
export function answerFailure({ log }: Services, res: express.Response, error: unknown): void {
  if (res.headersSent) {
    log.info({ err: error }, 'a file was broken off')
    res.destroy()
    return
  }
  const failure = toTransportError(error)
  const data = errorData(failure)
  if (data.code === 'INTERNAL') log.error({ err: failure.cause }, failure.message)
  res.removeHeader('content-disposition')
  res
    .status(getHTTPStatusCodeFromError(failure))
    .json({ error: { ...data, message: sentenceOf(data) } })
}
