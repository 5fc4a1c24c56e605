import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { headsOf, migrationsFolder, readMigrations } from '../../src/migrate/folder/folder.ts'
import { formatSnapshot } from '../../src/migrate/folder/snapshot.ts'
import { describeCatalog } from '../../src/migrate/verify/catalog.ts'

export type Files = { up?: string; down?: string | null; data?: string; parents?: string[] }

/** A folder of migrations that a test writes by hand; removed at the end of its scope. */
export type Workshop = AsyncDisposable & {
  folder: string
  /** Adds a migration on top of the last one that was added, unless `parents` says otherwise. */
  add(name: string, files?: Files): Promise<string>
}

export async function createWorkshop({ withProject = false } = {}): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'stockbook-migrations-'))
  if (withProject) await cp(migrationsFolder, folder, { recursive: true })
  let last = headsOf(await readMigrations(folder)).map(({ name }) => name)
  return {
    folder,
    async add(name, { up = '', down = '', data, parents = last } = {}) {
      const path = join(folder, name)
      await mkdir(path)
      await writeFile(join(path, 'migration.sql'), up)
      if (down !== null) await writeFile(join(path, 'down.sql'), down)
      if (data !== undefined) await writeFile(join(path, 'data.ts'), data)
      const snapshot = formatSnapshot({ version: 1, parents, renames: [], ddl: [] })
      await writeFile(join(path, 'snapshot.json'), snapshot)
      last = [name]
      return path
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Runs one statement and returns its rows. */
export async function sql(url: string, text: string): Promise<any[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(text)
    return rows
  } finally {
    await client.end()
  }
}

export async function catalogOf(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await describeCatalog(client)
  } finally {
    await client.end()
  }
}
