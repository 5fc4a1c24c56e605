import { expect, test } from 'vitest'
import { limitsOf } from '../../src/checks/limits.ts'

const none = { acceptPercent: '0', acceptValue: '0', recountPercent: '0' }

test.each([
  ['no limit at all', none, ['exact', 'noRecount']],
  ['zeros with places', { ...none, recountPercent: '0.0000' }, ['exact', 'noRecount']],
  ['a recount alone', { ...none, recountPercent: '10' }, ['exact', 'recount']],
  ['a value without a share', { ...none, acceptValue: '50' }, ['exact', 'noRecount']],
  ['a share without a value', { ...none, acceptPercent: '2' }, ['withoutValue', 'noRecount']],
  [
    'all three',
    { acceptPercent: '0.5', acceptValue: '50.25', recountPercent: '10' },
    ['accept', 'recount'],
  ],
])('a check with %s says what becomes of a count', (_what, limits, told) => {
  expect(limitsOf(limits)).toEqual(told.map((one) => `checks.limits.${one}`))
})
