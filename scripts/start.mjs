// npm start: from a fresh clone to a running system. What is up to date already takes no time.
import { passSignalsOn, run, step } from './processes.mjs'
import { install, requireNode, turbo } from './project.mjs'

requireNode()
passSignalsOn()
await step('Installing packages', install)
await step('Building', turbo('build', '--output-logs=errors-only'))
const server = [
  'apps/server/dist/cli/main.js',
  'start',
  '--demonstration',
  'examples/northwind/dist/load.js',
  ...process.argv.slice(2),
]
process.exitCode = await run({ command: process.execPath, args: server })
