import { expect, test } from 'vitest'
import { formulaGuard, unguarded } from '../../src/export/formulaGuard.ts'

test.each(['=1+1', '+79001234567', '-1', '@x', '\tx', '\rx', '=cmd|"/c calc"!A1', '＝1+1', "'=1"])(
  'the text %j is never read as a formula, and can be had back',
  (text) => {
    expect(formulaGuard(text)).toBe(`'${text}`)
    expect(unguarded(formulaGuard(text))).toBe(text)
  },
)

test.each(['', 'Widget', '12', "O'Brien", "'quoted'", 'a=b', ' =1'])(
  'the text %j stays as it is, both ways',
  (text) => {
    expect(formulaGuard(text)).toBe(text)
    expect(unguarded(text)).toBe(text)
  },
)
