import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { BlockList } from 'node:net'
import express from 'express'
import type { Metrics } from '../metrics/metrics.ts'

/**
 * `/metrics`: what Prometheus reads.
 * @param token whoever brings it as a bearer may read. Absent: programs of this machine may.
 */
export function serveMetrics({ registry }: Metrics, token: string | undefined): express.Router {
  const router = express.Router()
  router.get('/metrics', async (req, res) => {
    res.setHeader('cache-control', 'no-store')
    if (token === undefined && !isFromThisMachine(req)) {
      res.status(403).json({ status: 'refused', hint: 'METRICS_TOKEN lets others in' })
    } else if (token !== undefined && !brings(req, token)) {
      res.setHeader('www-authenticate', 'Bearer')
      res.status(401).json({ status: 'refused', hint: 'Send METRICS_TOKEN as a bearer token' })
    } else {
      res.setHeader('content-type', registry.contentType)
      res.end(await registry.metrics())
    }
  })
  return router
}

const thisMachine = new BlockList()
thisMachine.addSubnet('127.0.0.0', 8, 'ipv4')
thisMachine.addAddress('::1', 'ipv6')

/** Behind a proxy on this machine everybody would seem to be: what was passed on does not count. */
function isFromThisMachine({ headers, socket }: IncomingMessage): boolean {
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false
  const { remoteAddress = '', remoteFamily } = socket
  return thisMachine.check(remoteAddress, remoteFamily === 'IPv6' ? 'ipv6' : 'ipv4')
}

function brings({ headers }: IncomingMessage, token: string): boolean {
  const [, given = ''] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? []
  return timingSafeEqual(digest(given), digest(token))
}

const digest = (text: string) => createHash('sha256').update(text).digest()
