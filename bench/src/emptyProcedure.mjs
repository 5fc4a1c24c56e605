// Starts a server whose `stock.closing` does nothing: what a call costs before it does anything.
import { register } from 'node:module'

register(
  `data:text/javascript,${encodeURIComponent(`
    export async function load(url, context, next) {
      if (!url.endsWith('/features/stock/closing.js')) return next(url, context)
      return {
        format: 'module',
        shortCircuit: true,
        source: 'export const currentClosing = async () => null\\nexport const closeBook = () => {}',
      }
    }
  `)}`,
)
