import { contract, type ProcedureContract } from '@stockbook/client/contract'
import { expect, test } from 'vitest'
import type { Condition } from '../src/contract/conditions.ts'
import type { Field } from '../src/contract/fields.ts'
import { labelOf } from '../src/filters/labelOf.ts'
import { waysOf } from '../src/filters/ways.ts'
import { messagesIn } from '../src/messages/i18nProvider.ts'
import { menuGroups, type Resource } from '../src/resources/describe.ts'
import { resources } from '../src/resources/index.ts'

type Tree = { [key: string]: string | Tree }

const dictionaries = {
  en: flat((await messagesIn('en')) as unknown as Tree),
  ru: flat((await messagesIn('ru')) as unknown as Tree),
}

test('both languages have the same keys, and no message is empty', () => {
  const surplus = [...dictionaries.ru.keys()].filter((key) => !dictionaries.en.has(key))
  const missing = [...dictionaries.en.keys()].filter((key) => !dictionaries.ru.has(key))
  // The library's own dictionary has an old key that nothing asks for.
  expect({ surplus, missing }).toEqual({ surplus: ['ra.navigation.prev'], missing: [] })
  for (const dictionary of Object.values(dictionaries)) {
    const empty = [...dictionary].filter(([, text]) => text === '').map(([key]) => key)
    // Never shown: no list of ours is guessed.
    expect(empty.filter((key) => !key.startsWith('ra.guesser'))).toEqual([])
  }
})

test('a message of one language keeps the facts that the other one has', () => {
  for (const [key, text] of dictionaries.en) {
    if (key.startsWith('ra.')) continue
    const told = factsIn(dictionaries.ru.get(key) ?? '')
    expect({ key, facts: told.filter((fact) => !factsIn(text).includes(fact)) }).toEqual({
      key,
      facts: key === 'errors.TOO_MANY_ATTEMPTS' ? ['%{retryAfterSeconds}'] : [],
    })
  }
})

test.each(['en', 'ru'] as const)('%s names every table, field, value and action', (locale) => {
  const dictionary = dictionaries[locale]
  const needed = resources.flatMap((resource) => {
    const { name, fields, filters, conditions, createFields, updateFields, actions = [] } = resource
    const own = [...fields, ...filters, ...createFields, ...updateFields]
    return [
      `resources.${name}.name`,
      ...own.flatMap((field) => keysOf(name, field)),
      ...actions.map((action) => `actions.${action.name}`),
      ...conditions.flatMap((condition) => waysIn(resource, condition)),
    ]
  })
  const groups = menuGroups.map((group) => `groups.${group}`)
  const missing = [...needed, ...groups].filter((key) => !dictionary.has(key))
  expect([...new Set(missing)]).toEqual([])
})

test.each(['en', 'ru'] as const)('%s says what each procedure that writes does', (locale) => {
  const writing = Object.values(contract as Readonly<Record<string, object>>).flatMap((feature) =>
    Object.entries(feature as Record<string, ProcedureContract>).filter(
      ([, { kind, access }]) => kind === 'mutation' && access !== 'open',
    ),
  )
  const needed = writing.map(([own]) => `history.verbs.${own}`)
  expect(needed.filter((key) => !dictionaries[locale].has(key))).toEqual([])
})

test.each(['en', 'ru'] as const)(
  '%s says why a command was refused, by its code alone',
  (locale) => {
    const told = [...dictionaries[locale]].filter(([key]) => key.startsWith('choices.refusalCode.'))
    const codes = [...dictionaries[locale].keys()].filter((key) => key.startsWith('errors.'))
    expect(told).toHaveLength(codes.length)
    expect(told.filter(([, text]) => factsIn(text).length > 0)).toEqual([])
  },
)

function waysIn(resource: Resource, condition: Condition): string[] {
  const { name, operators } = condition
  const isReference = resource.references?.[name] !== undefined
  const words = [...waysOf(condition, isReference), ...operators].map((way) => way.name)
  const isOfTime = operators.some(({ kind }) => kind === 'day' || kind === 'moment')
  return [
    labelOf(resource, name),
    ...words.map((word) => (isOfTime ? `operators.time.${word}` : `operators.${word}`)),
    ...operators.flatMap(({ choices }) => choices.map((choice) => `choices.${name}.${choice}`)),
  ]
}

function keysOf(table: string, { name, choices, fields }: Field, path = ''): string[] {
  return [
    `resources.${table}.fields.${path}${name}`,
    ...choices.map((choice) => `choices.${name}.${choice}`),
    ...fields
      .filter(({ kind, name: inner }) => kind !== 'id' && inner !== 'archivedAt')
      .flatMap((inner) => keysOf(table, inner, `${path}${name}.`)),
  ]
}

function flat(tree: Tree, path = ''): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as const] : [...flat(value, `${path + key}.`)],
  )
  return new Map(entries)
}

function factsIn(text: string): string[] {
  return text.match(/%\{\w+\}/g) ?? []
}
