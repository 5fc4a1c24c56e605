import type { TRPCError } from '@trpc/server'
import type { Context, HttpCall, OpenContext, Services } from '../context.ts'
import { StockError } from '../errors.ts'

const maxBodyBytes = 256 * 1024
/** A command of ten thousand lines needs more room than anything else. */
const maxCommandBodyBytes = 4 * 1024 * 1024
/** A file of 5 MiB in base64, and what belongs to it. */
const maxFileBodyBytes = 7 * 1024 * 1024

const maxBodyBytesByProcedure: Readonly<Record<string, number>> = {
  'movements.post': maxCommandBodyBytes,
  'attachments.add': maxFileBodyBytes,
}

/** How many bytes the body of a call may have. */
export function maxBodyBytesOf(procedure: string): number {
  return Object.hasOwn(maxBodyBytesByProcedure, procedure)
    ? maxBodyBytesByProcedure[procedure]!
    : maxBodyBytes
}

export function createContext(services: Services, http: HttpCall): Context {
  let caller: ReturnType<OpenContext['caller']> | undefined
  return {
    call: {
      http,
      caller: () => {
        caller ??= services.callers.read(http.authorization)
        return caller
      },
      ...services,
    },
  }
}

/** When it is worth another try, for those who read headers. */
export function retryAfter(errors: readonly TRPCError[]): { 'retry-after'?: string } {
  const seconds = errors.flatMap(({ cause }) =>
    cause instanceof StockError && typeof cause.detail.retryAfterSeconds === 'number'
      ? [cause.detail.retryAfterSeconds]
      : [],
  )
  return seconds.length > 0 ? { 'retry-after': String(Math.max(...seconds)) } : {}
}

/** Only JSON: a form of a foreign page could send anything else without the browser asking first. */
export function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json'
}

export function logFailure(
  { log }: Services,
  error: TRPCError,
  procedure: string | undefined,
): void {
  if (error.code === 'INTERNAL_SERVER_ERROR' || error.code === 'SERVICE_UNAVAILABLE') {
    const refused = error.cause instanceof StockError ? error.cause.cause : error.cause
    log.error({ procedure, err: refused ?? error }, error.message)
  } else {
    log.debug({ procedure, code: error.code }, error.message)
  }
}
