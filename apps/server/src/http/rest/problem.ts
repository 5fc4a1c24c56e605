import type { ServerResponse } from 'node:http'
import { errorCatalogue, type ServerErrorCode } from '@stockbook/client/contract'
import type { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { errorData } from '../../transport.ts'
import { retryAfter } from '../procedureCall.ts'

/** What names the kind of a problem, as RFC 9457 wants it. */
export const problemType = (code: ServerErrorCode) => `urn:problem-type:stockbook:${code}`

/** Answers with a problem of RFC 9457. */
export function sendProblem(res: ServerResponse, error: TRPCError): void {
  const { code, detail: facts, requestId } = errorData(error)
  const status = getHTTPStatusCodeFromError(error)
  res.writeHead(status, {
    'content-type': 'application/problem+json',
    ...retryAfter([error]),
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    // Answered before the body was there: the rest of it is not waited for.
    ...(res.req.complete ? {} : { connection: 'close' }),
  })
  const { message: title } = errorCatalogue[code]
  res.end(JSON.stringify({ type: problemType(code), title, status, code, facts, requestId }))
}
