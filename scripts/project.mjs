// What the root commands have in common. Plain Node: it runs before anything is installed.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const { engines, packageManager } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))

/** Ends the process with a sentence when this Node is older than the project needs. */
export function requireNode() {
  const [major, minor] = engines.node.replace('>=', '').split('.').map(Number)
  const [ourMajor, ourMinor] = process.versions.node.split('.').map(Number)
  if (ourMajor > major || (ourMajor === major && ourMinor >= minor)) return
  console.error(
    `Stockbook needs Node ${major}.${minor} or newer, and this is ${process.versions.node}. Install a newer one from https://nodejs.org and run the command again.`,
  )
  process.exit(1)
}

/** The pinned pnpm, brought by npm; what it runs finds it on its PATH. */
export function pnpm(...args) {
  return { command: 'npx', args: ['--yes', '--prefer-offline', packageManager, ...args] }
}

export const install = pnpm('install', '--frozen-lockfile')

export function turbo(...args) {
  return pnpm('exec', 'turbo', 'run', ...args)
}
