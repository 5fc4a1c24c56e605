import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Metrics } from '../metrics/metrics.ts'

/** The beginnings of addresses that are told apart; all others are pages. */
const routes = [
  'rpc',
  'api',
  'reports',
  'attachments',
  'healthz',
  'readyz',
  'metrics',
  'openapi.json',
]

/** Notes how long a request takes until it is answered. */
export function measure(metrics: Metrics, req: IncomingMessage, res: ServerResponse): void {
  const start = performance.now()
  res.once('finish', () => {
    if (res.getHeader('content-type') === 'text/event-stream') return
    metrics.answered(routeOf(req.url), res.statusCode, (performance.now() - start) / 1000)
  })
}

function routeOf(url = ''): string {
  const [first = ''] = url.slice(1).split(/[/?]/, 1)
  return routes.includes(first) ? first : 'pages'
}
