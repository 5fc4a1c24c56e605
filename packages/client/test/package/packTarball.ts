import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

const run = promisify(execFile)
const packageFolder = join(import.meta.dirname, '../..')
const workspace = join(packageFolder, '../..')

declare module 'vitest' {
  export interface ProvidedContext {
    /** The packed package, as it would be published. */
    tarball: string
    /** A folder whose node_modules holds the unpacked package and its dependencies. */
    installation: string
  }
}

/** Builds and packs the package, and installs it into an empty folder as a user's npm would. */
export default async function packTarball({ provide }: TestProject) {
  const installation = await mkdtemp(join(tmpdir(), 'stockbook-client-'))
  const { packageManager } = JSON.parse(await readFile(join(workspace, 'package.json'), 'utf8'))
  await run('node', ['node_modules/tsdown/dist/run.mjs'], { cwd: packageFolder })
  await run('npx', ['--yes', packageManager, 'pack', '--pack-destination', installation], {
    cwd: packageFolder,
  })
  const { version, dependencies } = JSON.parse(
    await readFile(join(packageFolder, 'package.json'), 'utf8'),
  )
  const tarball = join(installation, `stockbook-client-${version}.tgz`)
  const installed = join(installation, 'node_modules/@stockbook/client')
  await mkdir(installed, { recursive: true })
  await run('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'])
  for (const name of [...Object.keys(dependencies), '@types/node']) {
    const link = join(installation, 'node_modules', name)
    await mkdir(dirname(link), { recursive: true })
    await symlink(join(packageFolder, 'node_modules', name), link)
  }
  provide('tarball', tarball)
  provide('installation', installation)
  return () => rm(installation, { recursive: true })
}
