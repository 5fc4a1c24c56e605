import type { CellReader } from './cells.ts'

/** `inner=12; case=144`: each packaging and how many base units are in it. */
export const asPackagings: CellReader = (text) => {
  const packagings = []
  for (const part of partsOf(text)) {
    const [, name, factor] = /^(.+?)\s*[=:×x*]\s*(\d+)$/u.exec(part) ?? []
    if (name === undefined) return { fault: 'notAPackaging', facts: { part } }
    packagings.push({ name, factor: Number(factor) })
  }
  return { value: packagings }
}

/**
 * `4601234567893; case: 14601234567890; own: X-1`: each barcode, before it the packaging that carries
 * it, or `own` for a code that is no GTIN though it looks like one. Digits of a GTIN's length are one.
 */
export const asCodes: CellReader = (text) => ({
  value: partsOf(text).map((part) => {
    const [, prefix, code = part] = /^(.+?)\s*:\s*(\S+)$/u.exec(part) ?? []
    const isOwn = prefix?.toLowerCase() === 'own' || !/^(\d{8}|\d{12,14})$/.test(code)
    return {
      type: isOwn ? 'own' : 'gtin',
      code,
      packaging: prefix === undefined || prefix.toLowerCase() === 'own' ? null : prefix,
    }
  }),
})

function partsOf(text: string): string[] {
  return text
    .split(/[;\n|]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
