// Every path that CONTRIBUTING.md names must exist; a guide to files that are gone misleads.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './project.mjs'

const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
const topFolders = readdirSync(root)

const spans = [...text.matchAll(/`([^`\s]+)`/g)].map(([, span]) => span)
const links = [...text.matchAll(/\]\(([^)#\s]+)/g)].map(([, link]) => link)
const paths = [...spans, ...links]
  .filter((path) => /^[\w.-]+\/[\w./*-]*$/.test(path))
  // `application/json` is no path of ours; `apps/…` is, and so is anything that ends like a file.
  .filter((path) => topFolders.includes(path.split('/')[0]) || /\.(ts|mjs|json|md)$/.test(path))

// Of a pattern, the folder before its first star.
const missing = paths.filter((path) => !existsSync(join(root, path.replace(/\/?[^/]*\*.*$/, ''))))
for (const path of new Set(missing)) console.error(`CONTRIBUTING.md names ${path}: no such path`)
if (paths.length === 0) console.error('CONTRIBUTING.md names no path at all')
process.exitCode = missing.length === 0 && paths.length > 0 ? 0 : 1
