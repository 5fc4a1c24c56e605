import { MigrationError } from '../errors.ts'
import type { Migration } from './folder.ts'

// Words that tell nothing about a change when they stand alone.
const emptyWords = new Set([
  'update',
  'updates',
  'change',
  'changes',
  'fix',
  'migration',
  'schema',
  'new',
  'the',
  'a',
  'db',
  'database',
  'misc',
  'wip',
  'test',
  'stuff',
])

/** What is wrong with the words of a migration's name, or null. */
export function nameFault(words: string): string | null {
  const list = words
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
  // The first one is the beginning of everything: no other word says it better.
  if (list.join('_') === 'initial') return null
  if (list.length < 2)
    return `"${words}" is one word. Say what changes, in two words or more: "add product categories".`
  if (list.every((word) => emptyWords.has(word)))
    return `"${words}" does not say what changes. Name the thing and what happens to it: "add product categories".`
  return null
}

/** `NNNN_words`, one above the highest. @throws {MigrationError} `wrong_usage` when the words tell nothing. */
export function nextName(migrations: Migration[], words: string): string {
  const fault = nameFault(words)
  if (fault) throw new MigrationError('wrong_usage', fault)
  const highest = Math.max(0, ...migrations.map(({ name }) => Number(name.split('_')[0])))
  const slug = words
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .join('_')
  return `${String(highest + 1).padStart(4, '0')}_${slug.slice(0, 80).replace(/_$/, '')}`
}
