import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { acquireEmbeddedPostgres } from '@stockbook/db/embedded'
import { generateBook } from './generateBook.ts'
import type { Size } from './plan.ts'

const keptIn = fileURLToPath(new URL('../../.data', import.meta.url))

/**
 * A PostgreSQL with a generated book of this size. It is generated once and kept, so what a
 * measurement adds to it stays there too.
 */
export async function openGenerated(size: Size, log: (line: string) => void) {
  const folder = join(keptIn, `${size.products}-products-${size.movements}-movements`)
  await mkdir(folder, { recursive: true })
  // As root, PostgreSQL runs as somebody else, who must get in.
  await chmod(folder, 0o755)
  const postgres = await acquireEmbeddedPostgres({ folder, log })
  const mark = join(folder, 'generated.json')
  try {
    const isThere = await readFile(mark).then(
      () => true,
      () => false,
    )
    if (!isThere) {
      await generateBook(postgres.url, size, log)
      await writeFile(mark, JSON.stringify(size))
    }
  } catch (error) {
    await postgres.release()
    throw error
  }
  return { url: postgres.url, release: () => postgres.release() }
}
