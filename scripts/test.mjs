// npm test: every package's suite. The last line is the sum: `N passed, N failed`.
import { passSignalsOn, run, step } from './processes.mjs'
import { install, requireNode, turbo } from './project.mjs'
import { clearReports, readReports } from './testReports.mjs'

requireNode()
passSignalsOn()
await step('Installing packages', install)
clearReports()
// One suite at a time: each already uses all processors, and a PostgreSQL of its own.
const code = await run(turbo('test', '--concurrency=1', '--continue', '--log-order=stream'))
const { passed, failures, skipped } = readReports()
if (code !== 0 && failures.length === 0) failures.push(`turbo run test ended with ${code}`)
if (passed === 0 && failures.length === 0) failures.push('no test ran')

for (const name of skipped) console.log(`skipped: ${name}`)
for (const name of failures) console.log(`failed: ${name}`)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length === 0 ? 0 : 1
