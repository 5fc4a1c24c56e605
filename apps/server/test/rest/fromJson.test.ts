import { expect, test } from 'vitest'
import { z } from 'zod'
import { fromJson } from '../../src/http/rest/fromJson.ts'

const text = '2026-01-31T12:00:00.500+03:00'
const moment = new Date('2026-01-31T09:00:00.500Z')

test('a moment is read wherever it stands', () => {
  const schema = z.strictObject({
    at: z.date().nullable().default(null),
    list: z.array(z.strictObject({ at: z.date().optional() })),
    either: z.union([z.strictObject({ n: z.int() }), z.strictObject({ at: z.date() })]),
  })
  const read = fromJson(schema, { at: text, list: [{ at: text }, {}], either: { at: text } })
  expect(read).toEqual({ at: moment, list: [{ at: moment }, {}], either: { at: moment } })
  expect(fromJson(schema, { at: null, list: [], either: { n: 1 } })).toEqual({
    at: null,
    list: [],
    either: { n: 1 },
  })
})

test('text that is a moment, and is asked for as text, stays text', () => {
  expect(fromJson(z.strictObject({ note: z.string() }), { note: text })).toEqual({ note: text })
  expect(fromJson(z.union([z.string(), z.date()]), text)).toBe(text)
})

test('what does not fit stays as it is, for the schema to refuse', () => {
  const schema = z.strictObject({ at: z.date(), list: z.array(z.date()) })
  for (const value of [null, 'x', [], 1, { at: 1 }, { at: '2026-02-30T00:00:00Z' }, { list: {} }]) {
    expect(fromJson(schema, value)).toEqual(value)
    expect(schema.safeParse(fromJson(schema, value)).success).toBe(false)
  }
})

test('a member named __proto__ stays a member', () => {
  const read = fromJson(z.strictObject({ at: z.date() }), JSON.parse('{"__proto__":{"at":1}}'))
  expect(Object.keys(read as object)).toEqual(['__proto__'])
})

test('a kind of schema that could hide a moment unread is an error of the program', () => {
  expect(() => fromJson(z.record(z.string(), z.date()), { a: text })).toThrow('record')
})
