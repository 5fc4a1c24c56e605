import fc from 'fast-check'
import superjson from 'superjson'
import { expect, test } from 'vitest'
import { serialize } from '../../src/serialize.ts'

/** What a client gets: an answer goes over the wire as JSON. */
const sent = (result: unknown): unknown => JSON.parse(JSON.stringify(result))

const dates = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
const names = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.constantFrom('id', 'a.b', 'a\\b', '0', 'v', 'toJSON', 'hasOwnProperty'),
)
const leaves = (others: fc.Arbitrary<unknown>[]) =>
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    fc.boolean(),
    fc.constant(null),
    dates,
    ...others,
  )

const made = (others: fc.Arbitrary<unknown>[]) =>
  fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, leaves(others), tie('list'), tie('record')),
    list: fc.array(tie('value'), { maxLength: 5 }),
    record: fc.dictionary(names, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  })).value

test('what is JSON and dates is sent as superjson would send it', () => {
  fc.assert(
    fc.property(made([]), (value) => {
      expect(sent(serialize(value))).toEqual(sent(superjson.serialize(value)))
    }),
    { numRuns: 300 },
  )
})

test('everything else is sent as superjson would send it, too', () => {
  const others = [
    fc.bigInt(),
    fc.constantFrom(undefined, Number.NaN, Number.POSITIVE_INFINITY, -0, new Date(Number.NaN)),
    fc.string().map((text) => new Map([[text, new Date(0)]])),
    fc.integer().map((value) => new Set([value])),
    fc.constant(new URL('https://stockbook.example/')),
    fc.constant(Object.create(null)),
  ]
  fc.assert(
    fc.property(made(others), (value) => {
      expect(sent(serialize(value))).toEqual(sent(superjson.serialize(value)))
    }),
    { numRuns: 300 },
  )
})

test('a page comes back as it was, its dates as dates', () => {
  const page = {
    items: [
      {
        id: 'a',
        createdAt: new Date(1),
        archivedAt: null,
        packagings: [{ archivedAt: new Date(2) }],
      },
      { id: 'b', createdAt: new Date(3), archivedAt: new Date(4), packagings: [] },
    ],
    nextCursor: null,
  }
  const received = sent(serialize(page)) as ReturnType<typeof serialize>
  expect(superjson.deserialize(received)).toEqual(page)
})

test.each(['__proto__', 'constructor', 'prototype'])('the name %s is refused', (name) => {
  const value = Object.defineProperty({}, name, { value: 1, enumerable: true })
  expect(() => serialize({ value })).toThrow('prototype pollution')
})

test('an object that appears twice comes back in both places', () => {
  const place = { code: 'A-1', since: new Date(5) }
  const received = sent(serialize({ from: place, to: place })) as ReturnType<typeof serialize>
  expect(superjson.deserialize(received)).toEqual({ from: place, to: place })
})
