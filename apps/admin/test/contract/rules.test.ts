import { contract } from '@stockbook/client/contract'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { rulesInRussian } from '../../src/contract/rulesInRussian.ts'

test('each sentence of the contract about what is given is told in Russian too', () => {
  const spoken = new Set<string>()
  const seen = new Set<unknown>()

  function collect(value: unknown) {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    const def = '_zod' in value ? (value as z.ZodType)._zod.def : value
    for (const [key, part] of Object.entries(def)) {
      if (key === 'error' && typeof part === 'function') {
        const told: unknown = part({ code: 'custom', input: '', path: [] })
        if (typeof told === 'string') spoken.add(told)
      } else {
        collect(part)
      }
    }
  }
  for (const feature of Object.values(contract)) {
    for (const { input } of Object.values(feature)) collect(input)
  }

  expect(spoken.size).toBeGreaterThan(10)
  expect([...spoken].filter((sentence) => !(sentence in rulesInRussian))).toEqual([])
  expect(Object.values(rulesInRussian).filter((text) => !/[а-яё]/i.test(text))).toEqual([])
})
