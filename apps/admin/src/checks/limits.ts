import type { Check } from './types.ts'

type Limits = Pick<Check, 'acceptPercent' | 'acceptValue' | 'recountPercent'>

/** The messages that say what becomes of a count: which are accepted, and who decides on the others. */
export function limitsOf({ acceptPercent, acceptValue, recountPercent }: Limits): string[] {
  return [
    isZero(acceptPercent)
      ? 'checks.limits.exact'
      : isZero(acceptValue)
        ? 'checks.limits.withoutValue'
        : 'checks.limits.accept',
    isZero(recountPercent) ? 'checks.limits.noRecount' : 'checks.limits.recount',
  ]
}

const isZero = (decimal: string) => /^[0.]*$/.test(decimal)
