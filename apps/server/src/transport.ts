import { type ErrorData, errorCatalogue, type ServerErrorCode } from '@stockbook/client/contract'
import { TRPCError } from '@trpc/server'
import superjson from 'superjson'
import { ZodError } from 'zod'
import { databaseRefusal } from './databaseRefusals.ts'
import { StockError } from './errors.ts'
import { currentRequestId } from './requestScope.ts'
import { serialize } from './serialize.ts'

/** superjson, with a body that it cannot read answered as the caller's fault. */
export const transformer = {
  serialize,
  deserialize(value: unknown): unknown {
    try {
      // In place: a copy would lose a key named `__proto__`, which the input's schema must refuse.
      return superjson.deserialize(value as Parameters<typeof superjson.deserialize>[0], {
        inPlace: true,
      })
    } catch (cause) {
      throw new TRPCError({ code: 'BAD_REQUEST', cause })
    }
  },
}

/** Turns whatever a procedure threw into the error that travels to the caller. */
export function toTransportError(error: unknown): TRPCError {
  if (error instanceof TRPCError) return error
  const refusal = error instanceof StockError ? error : databaseRefusal(error)
  if (!refusal) {
    const { transport, message } = errorCatalogue.INTERNAL
    return new TRPCError({ code: transport, message, cause: error })
  }
  return new TRPCError({
    code: errorCatalogue[refusal.code].transport,
    message: refusal.message,
    cause: refusal,
  })
}

const meaningOfTransport: Partial<Record<TRPCError['code'], ServerErrorCode>> = {
  PARSE_ERROR: 'INVALID_INPUT',
  BAD_REQUEST: 'INVALID_INPUT',
  NOT_FOUND: 'UNKNOWN_PROCEDURE',
  METHOD_NOT_SUPPORTED: 'METHOD_NOT_ALLOWED',
  UNSUPPORTED_MEDIA_TYPE: 'UNSUPPORTED_REQUEST',
  PAYLOAD_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  SERVICE_UNAVAILABLE: 'UNAVAILABLE',
}

/**
 * What the caller learns of a failure: a code and facts to act on. Never a stack, SQL, or the
 * message of an error that this program did not write for the caller.
 */
export function errorData(error: TRPCError): ErrorData {
  return { ...codeAndDetail(error), requestId: currentRequestId() }
}

/** What people are told of a failure. One that is about a field says about which. */
export function sentenceOf({ code, detail }: Pick<ErrorData, 'code' | 'detail'>): string {
  const { message } = errorCatalogue[code]
  return code === 'FIELD_FORBIDDEN' ? `${String(detail.field)}: ${message}` : message
}

function codeAndDetail(error: TRPCError): Omit<ErrorData, 'requestId'> {
  const { cause } = error
  if (cause instanceof StockError) return { code: cause.code, detail: cause.detail }
  if (cause instanceof ZodError && error.code === 'BAD_REQUEST') {
    const issues = cause.issues.slice(0, 100).map(({ path, message }) => ({ path, message }))
    return { code: 'INVALID_INPUT', detail: { issues } }
  }
  if (error.message.startsWith('Batch call exceeds')) {
    return { code: 'TOO_MANY_CALLS', detail: {} }
  }
  const code = meaningOfTransport[error.code] ?? 'INTERNAL'
  return {
    code,
    detail: code === 'INVALID_INPUT' ? { issues: [{ path: [], message: 'cannot be read' }] } : {},
  }
}
