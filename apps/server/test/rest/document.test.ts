import { Validator } from '@seriousme/openapi-schema-validator'
import { errorCatalogue } from '@stockbook/client/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { procedures } from '../../src/testing/procedures.ts'
import { startTestServer, type TestServer } from '../../src/testing/testServer.ts'

type Operation = {
  operationId: string
  security: object[]
  parameters?: { name: string; required: boolean; schema: object }[]
  requestBody?: { content: Record<string, { schema: { $ref: string } }> }
  responses: Record<string, object>
}

type Document = {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; responses: Record<string, object> }
}

type Schema = {
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean
}

let server: TestServer
let document: Document
let again: Response

beforeAll(async () => {
  server = await startTestServer()
  document = (await (await fetch(`${server.url}/openapi.json`)).json()) as Document
  again = await fetch(`${server.url}/openapi.json`)
})

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

test('the document is one of OpenAPI 3.1, and all that it refers to is in it', async () => {
  const validator = new Validator()
  expect(await validator.validate(document)).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
  const text = JSON.stringify(document)
  const refs = new Set([...text.matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)].map(String))
  expect(refs.size).toBe(new Set(text.match(/"\$ref":"[^"]*"/g)).size)
  for (const [, kind, name] of text.matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)) {
    expect(document.components[kind as 'schemas'], `${kind} ${name}`).toHaveProperty(name!)
  }
})

test('every procedure that gives one answer is in it, under its path, and nothing else', () => {
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, security }]) => ({
      path,
      method,
      operationId,
      isOpen: security.length === 0,
    })),
  )
  const promised = procedures
    .filter(({ kind }) => kind !== 'subscription')
    .map(({ feature, name, kind, access }) => ({
      path: `/api/${feature}/${name}`,
      method: kind === 'query' ? 'get' : 'post',
      operationId: `${feature}.${name}`,
      isOpen: access === 'open',
    }))
  expect(documented).toEqual(promised)
})

test('it is the same document each time, and any page may keep it as long as it asks again', async () => {
  expect(await again.json()).toEqual(document)
  expect(again.headers.get('cache-control')).toBe('no-cache')
})

test('every code of a refusal is described under its status', () => {
  const described = JSON.stringify(document.components.responses)
  for (const code of Object.keys(errorCatalogue)) expect(described).toContain(`\`${code}\``)
})

test('inputs are strict, with the defaults, bounds and moments of the contract', () => {
  const { MovementsPostInput: post, ProductsArchiveInput: archive } = document.components.schemas
  expect(post).toMatchObject({
    additionalProperties: false,
    required: ['commandId', 'lines'],
    properties: {
      commandId: { type: 'string', format: 'uuid' },
      occurredAt: { type: 'string', format: 'date-time' },
      lines: { minItems: 1, maxItems: 10_000 },
    },
  })
  expect(archive?.properties?.archived).toEqual({ type: 'boolean', default: true })
  const parameters = document.paths['/api/products/list']?.get?.parameters
  expect(parameters?.find(({ name }) => name === 'limit')).toEqual({
    name: 'limit',
    in: 'query',
    description: 'At most this many items. Default 50, at most 200.',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
  })
})

test('a parameter that is a list is written as JSON', () => {
  const parameters = document.paths['/api/movements/list']?.get?.parameters
  expect(parameters?.find(({ name }) => name === 'types')).toMatchObject({
    content: { 'application/json': { schema: { type: 'array', minItems: 1 } } },
  })
})

test('procedures, parameters, inputs and answers are described in the words of the contract', () => {
  const post = document.paths['/api/movements/post']?.post as { description?: string }
  expect(post.description).toMatch(/^Posts one command: .*INSUFFICIENT_STOCK[^]*Operators/)
  const parameters = document.paths['/api/products/list']?.get?.parameters
  expect(parameters?.find(({ name }) => name === 'search')).toMatchObject({
    description: 'Words found in name or SKU.',
  })
  const { Product, MovementsPostInput } = document.components.schemas
  expect(Product?.properties?.sku).toMatchObject({
    type: 'string',
    description: "Stock keeping unit: the product's own short code.",
  })
  // Two fields of one schema, each with its own words.
  expect(MovementsPostInput?.properties?.reference).toMatchObject({
    description: 'A number on paper or in another system.',
  })
  expect(JSON.stringify(document)).not.toContain('x-comments')
})

test('a row has one name, whoever answers it, and may come to hold more', () => {
  const answerOf = (path: string, method: string) => document.paths[path]?.[method]?.responses[200]
  const product = {
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Product' } } },
  }
  expect(answerOf('/api/products/get', 'get')).toMatchObject(product)
  expect(answerOf('/api/products/create', 'post')).toMatchObject(product)
  expect(document.components.schemas.Product).not.toHaveProperty('additionalProperties')
})
