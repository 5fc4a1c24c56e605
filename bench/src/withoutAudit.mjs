// Starts a server that writes no audit log: what one would save by leaving it out.
import { register } from 'node:module'

register(
  `data:text/javascript,${encodeURIComponent(`
    export async function load(url, context, next) {
      if (!url.endsWith('/features/audit/record.js')) return next(url, context)
      return { format: 'module', shortCircuit: true, source: 'export async function recordChange() {}' }
    }
  `)}`,
)
