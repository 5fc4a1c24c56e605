import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { MigrationError } from '../errors.ts'

/** What a backup holds, and the sums by which a changed byte is found. Kept as `manifest.json`. */
export type Manifest = {
  format: 1
  /**
   * `pg_dump`: `database.dump`, in its custom format. `copy`: `schema.json`, and one file a table. Both:
   * `grants.sql`.
   */
  method: 'pg_dump' | 'copy'
  createdAt: string
  database: string
  /** For example 180004. */
  serverVersion: number
  /** Names of the migrations that were applied, in that order. */
  migrations: string[]
  /** Rows by table, counted in the moment that the backup shows. */
  tables: TableCount[]
  files: FileSum[]
}

/** The rights in a backup of either method, as a script. */
export const grantsFile = 'grants.sql'

/** What pg_dump wrote. */
export const dumpFile = 'database.dump'

export type TableCount = { table: string; rows: number }
export type FileSum = { file: string; bytes: number; sha256: string }

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const text = JSON.stringify(manifest, null, 2)
  const file = await open(join(folder, 'manifest.json'), 'w', 0o600)
  try {
    await file.writeFile(`${text}\n${sha256(text)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Reads a backup's manifest and every byte of its files.
 * @throws {MigrationError} `damaged` when one differs from what was written.
 */
export async function checkBackup(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder)
  for (const expected of manifest.files) {
    const found = await sumOf(folder, expected.file).catch((cause) => {
      throw damaged(folder, `${expected.file} cannot be read (${(cause as Error).message})`)
    })
    if (found.sha256 !== expected.sha256) {
      throw damaged(folder, `${expected.file} is not what was written`)
    }
  }
  return manifest
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch((cause) => {
    throw new MigrationError(
      'wrong_usage',
      `${folder} is not a backup: it has no readable manifest.json. Name the folder that pnpm db:backup made.`,
      { cause },
    )
  })
  const [, body = '', sum] = /^([\s\S]*)\n([0-9a-f]{64})\n$/.exec(text) ?? []
  if (sum !== sha256(body)) throw damaged(folder, 'manifest.json is not what was written')
  return JSON.parse(body)
}

export async function sumOf(folder: string, file: string): Promise<FileSum> {
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(createReadStream(join(folder, file)), async (chunks) => {
    for await (const chunk of chunks as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
    }
  })
  return { file, bytes, sha256: hash.digest('hex') }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

export function damaged(folder: string, what: string): MigrationError {
  return new MigrationError(
    'damaged',
    `The backup ${folder} is damaged: ${what}. Nothing was restored from it. Take another backup.`,
    { folder },
  )
}
