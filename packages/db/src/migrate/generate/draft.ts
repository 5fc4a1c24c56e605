import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MigrationError } from '../errors.ts'
import type { Migration } from '../folder/folder.ts'
import type { Entity, Snapshot } from '../folder/snapshot.ts'
import { dataLosses } from './dataLoss.ts'
import { asConcurrentBuilds } from './indexBuilds.ts'

/** What a migration's folder holds, before it is written. */
export type Draft = {
  name: string
  path: string
  files: Record<string, string>
  warnings: string[]
}

/** The snapshot of a migration that builds on others. */
export function snapshotOn(
  parents: Migration[],
  ddl: Entity[],
  renames: Snapshot['renames'] = [],
): Snapshot {
  return { version: 1, parents: parents.map(({ name }) => name), renames, ddl }
}

/** The file's text: what it loses first, then the statements. */
export function sqlText(statements: string[], before: Entity[]): string {
  const builds = asConcurrentBuilds(statements)
  const losses = dataLosses(statements, before).map((loss) => `-- loses data: ${loss}\n`)
  const body = (builds ?? statements).map((statement) => statement.trim())
  return `${builds ? '-- no-transaction\n' : ''}${losses.join('')}${body.join('\n--> statement-breakpoint\n')}\n`
}

/** Writes the folder aside and renames it into place: it is there whole or not at all. */
export async function writeDraft({ path, files }: Draft): Promise<void> {
  const aside = join(path, '..', `.new-${process.pid}`)
  await mkdir(aside, { recursive: true })
  try {
    for (const [file, text] of Object.entries(files)) await writeFile(join(aside, file), text)
    const taken = await access(path).then(
      () => true,
      () => false,
    )
    if (taken) throw new MigrationError('wrong_usage', `${path} exists already.`)
    await rename(aside, path)
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}
