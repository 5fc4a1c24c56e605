import { errorCatalogue, type ServerErrorCode } from '@stockbook/client/contract'
import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'

const codes = Object.keys(errorCatalogue) as ServerErrorCode[]

const statusOf = (code: ServerErrorCode) =>
  getHTTPStatusCodeFromError(new TRPCError({ code: errorCatalogue[code].transport }))

/** The body of every refusal. */
export const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'facts', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri', description: 'Names the kind, as `code` does.' },
    title: { type: 'string', description: 'One sentence for people.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    code: { enum: codes, description: 'Stable: programs may branch on it.' },
    facts: {
      type: 'object',
      description:
        'What can be acted on, for instance `available` and `requested`; of an invalid input ' +
        'the `issues`, each with `path` and `message`.',
    },
    requestId: { type: 'string', description: 'The log of the server has it too.' },
  },
}

const retryAfter = {
  'Retry-After': {
    description: 'Seconds after which it is worth another try.',
    schema: { type: 'integer' },
  },
}

const statuses = [...new Set(codes.map(statusOf))].sort()

/** One response for each status of a refusal, with the codes that come under it. */
export const problemResponses: Record<string, object> = Object.fromEntries(
  statuses.map((status) => {
    const ofStatus = codes.filter((code) => statusOf(code) === status)
    const response = {
      description: ofStatus
        .map((code) => `\`${code}\`: ${errorCatalogue[code].message}`)
        .join('\n\n'),
      ...(status === 429 || status === 503 ? { headers: retryAfter } : {}),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }
    return [status, response]
  }),
)

/** Refusals of a body, which a GET has not. */
const ofBodies = ['413', '415']

/** The statuses of refusals that a call may meet which is made as the document says. */
export function problemStatusesOf(method: 'GET' | 'POST'): string[] {
  return Object.keys(problemResponses).filter(
    (status) => status !== '405' && (method === 'POST' || !ofBodies.includes(status)),
  )
}
