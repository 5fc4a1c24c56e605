import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import { expect, test } from 'vitest'
import { commentReader } from '../../../../packages/client/contractComments.ts'
import { objectPaths } from '../../src/http/rest/objectPaths.ts'
import { operations } from '../../src/http/rest/operations.ts'

const pathOf = (place: string) => fileURLToPath(new URL(place, import.meta.url))

const source = pathOf('../../../../packages/client/src/contract/index.ts')
const file = pathOf('../../src/http/rest/descriptions.ts')

/** Everything in the document that a comment may describe. */
function places(): string[][] {
  const fields = [...objectPaths()].flatMap(([schema, path]) =>
    Object.keys((schema as z.core.$ZodObject)._zod.def.shape).map((name) => [...path, name]),
  )
  return [...operations.map(({ procedure }) => procedure.split('.')), ...fields]
}

/** As the formatter would have it. */
function entry(key: string, text: string): string {
  const quote = text.split("'").length > text.split('"').length ? '"' : "'"
  const escaped = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)
  const line = `  '${key}': ${quote}${escaped}${quote},`
  return line.length <= 100 ? line : `  '${key}':\n    ${quote}${escaped}${quote},`
}

test('what the document says of procedures and fields is what the contract says of them', async () => {
  const commentAt = commentReader(source)
  const entries = places().flatMap((path) => {
    const comment = commentAt(path).replaceAll(/\s*\n\s*/g, ' ')
    return comment === '' ? [] : [entry(path.join('.'), comment)]
  })
  const text = `/**
 * The comments of the contract, which are gone when it runs. Made from its source; a test fails when
 * they are out of date. Write them anew with \`pnpm docs:rest\`.
 */
export const descriptions: Readonly<Record<string, string>> = {
${entries.join('\n')}
}
`
  await expect(text).toMatchFileSnapshot(file)
}, 300_000)
