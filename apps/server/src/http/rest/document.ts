import type { Access } from '@stockbook/client/contract'
import { descriptions } from './descriptions.ts'
import { type Operation, operations } from './operations.ts'
import { problemResponses, problemSchema, problemStatusesOf } from './problems.ts'
import { type DocumentedSchemas, documentedSchemas } from './schemas.ts'

const description = `Every procedure of Stockbook in plain JSON: reading is GET, writing is POST.

A parameter of a GET is its text; a number, \`true\`, \`false\`, \`null\`, a list or an object is written as
JSON. A moment is a date and time of RFC 3339 with its zone. Quantities are whole numbers of base units,
money is a decimal string. A refusal is a problem of RFC 9457.

A command carries a \`commandId\`, a UUID that the caller makes before the first send: sent again with
the same id it never works twice, and gives its first answer.

\`stock.changes\` tells what is new as it happens, and is not here: it is a subscription of the client.`

/** The OpenAPI 3.1 document of all that can be called below `/api`, made from the contract. */
export function createDocument(): object {
  const schemas = documentedSchemas()
  return {
    openapi: '3.1.0',
    info: { title: 'Stockbook', version: '1', description },
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map(({ feature }) => feature))].map((name) => ({ name })),
    paths: Object.fromEntries(
      operations.map((operation) => [
        operation.path,
        { [operation.method.toLowerCase()]: describeOperation(operation, schemas) },
      ]),
    ),
    components: {
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        apiKey: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: 'The word `ApiKey`, a space, and the key: `ApiKey sbk_…`.',
        },
      },
      schemas: { ...schemas.components, Problem: problemSchema },
      responses: problemResponses,
    },
  }
}

const whoMayCall: Record<Access, string> = {
  open: 'Anyone may call it.',
  operator: 'Operators and administrators may call it.',
  admin: 'Administrators may call it.',
}

function describeOperation(operation: Operation, schemas: DocumentedSchemas): object {
  const { procedure, feature, method, contract } = operation
  return {
    operationId: procedure,
    tags: [feature],
    description: [descriptions[procedure] ?? [], whoMayCall[contract.access]].flat().join('\n\n'),
    security: contract.access === 'open' ? [] : [{ accessToken: [] }, { apiKey: [] }],
    ...(method === 'GET'
      ? { parameters: schemas.parametersOf(operation).map(describeParameter) }
      : { requestBody: { required: true, content: jsonOf(schemas.bodyOf(operation)) } }),
    responses: {
      200: { description: 'The answer.', content: jsonOf(schemas.answerOf(operation)) },
      ...Object.fromEntries(
        problemStatusesOf(method).map((status) => [
          status,
          { $ref: `#/components/responses/${status}` },
        ]),
      ),
    },
  }
}

const jsonOf = (schema: object) => ({ 'application/json': { schema } })

type Parameter = ReturnType<DocumentedSchemas['parametersOf']>[number]

function describeParameter({ name, isRequired, schema: { description, ...schema } }: Parameter) {
  const isJson = schema.type === 'array' || schema.type === 'object'
  return {
    name,
    in: 'query',
    ...(description !== undefined && { description }),
    required: isRequired,
    ...(isJson ? { content: jsonOf(schema) } : { schema }),
  }
}
