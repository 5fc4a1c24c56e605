// Reads what vitest wrote into each package's test-report.json.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './project.mjs'

/** The folders of all packages that have tests. */
function testedPackages() {
  return ['apps', 'packages', 'examples']
    .map((group) => join(root, group))
    .filter((group) => existsSync(group))
    .flatMap((group) => readdirSync(group).map((name) => join(group, name)))
    .concat(join(root, 'bench'), join(root, 'scripts'), join(root, 'e2e'))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .filter((folder) => {
      const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      return scripts?.test !== undefined
    })
}

const reportOf = (folder) => join(folder, 'test-report.json')

/** So that a suite that crashes is not taken for its last run. */
export function clearReports() {
  for (const folder of testedPackages()) rmSync(reportOf(folder), { force: true })
}

/** How many tests passed, and the names of those that did not or were not run. */
export function readReports() {
  /** @type {{ passed: number, failures: string[], skipped: string[] }} */
  const sum = { passed: 0, failures: [], skipped: [] }
  for (const folder of testedPackages()) {
    const where = relative(root, folder)
    if (!existsSync(reportOf(folder))) {
      sum.failures.push(`${where}: its suite wrote no report`)
      continue
    }
    const report = JSON.parse(readFileSync(reportOf(folder), 'utf8'))
    const before = sum.failures.length
    for (const file of report.testResults) addFile(sum, where, file)
    // Something outside the tests failed: a setup, an unhandled error, a type test.
    if (!report.success && sum.failures.length === before) sum.failures.push(`${where}: the run`)
  }
  return sum
}

function addFile(sum, where, file) {
  const name = `${where}: ${relative(join(root, where), file.name)}`
  const failed = file.assertionResults.filter(({ status }) => status === 'failed')
  if (file.status === 'failed' && failed.length === 0) sum.failures.push(name)
  for (const { status, fullName } of file.assertionResults) {
    if (status === 'passed') sum.passed++
    else if (status === 'failed') sum.failures.push(`${name}: ${fullName}`)
    else sum.skipped.push(`${name}: ${fullName}`)
  }
}
