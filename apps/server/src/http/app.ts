import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import cors from 'cors'
import express from 'express'
import helmet from 'helmet'
import { pinoHttp } from 'pino-http'
import type { Services } from '../context.ts'
import { inRequest } from '../requestScope.ts'
import { serveAttachments } from './attachmentFiles.ts'
import { dataPolicy } from './contentPolicy.ts'
import { measure } from './measure.ts'
import { serveMetrics } from './metricsPage.ts'
import { type PageFolders, servePages } from './pages.ts'
import { serveReports } from './reportFiles.ts'
import { restPrefix } from './rest/operations.ts'
import { createRestHandler } from './rest/rest.ts'
import { serveDocument } from './rest/serveDocument.ts'
import { createRpcHandler, rpcPrefix } from './rpc.ts'

/** Why the server cannot work at the moment, in words for a maintainer; null when it can. */
export type Readiness = () => Promise<string | null>

export type AppOptions = {
  services: Services
  /** Origins that may call from a browser. `*`: any. */
  corsOrigins: readonly string[]
  readiness: Readiness
  /** How many proxies stand before the server. Default 0. */
  proxies?: number
  /** Tell browsers to come by HTTPS alone for a year. Not for localhost, which other programs share. Default `false`. */
  httpsOnly?: boolean
  /** Who brings it may read `/metrics`. Default: programs of this machine may. */
  metricsToken?: string | undefined
  /** The pages for people. Default: none, only programs are answered. */
  pages?: PageFolders
}

type Middleware = (
  req: IncomingMessage,
  res: ServerResponse,
  next: (error?: unknown) => void,
) => void

/** Everything that the server answers. */
export function createApp({
  services,
  corsOrigins,
  readiness,
  proxies = 0,
  httpsOnly = false,
  metricsToken,
  pages: pageFolders,
}: AppOptions): RequestListener {
  const rpc = createRpcHandler(services, proxies)
  const rest = createRestHandler(services, proxies)
  const pages = createPages({ services, readiness, metricsToken, pages: pageFolders })
  const before: Middleware[] = [
    logRequests(services),
    helmet({ hsts: httpsOnly, contentSecurityPolicy: false }) as Middleware,
    allowNoContent,
    cors({
      origin: corsOrigins.includes('*') ? '*' : [...corsOrigins],
      methods: ['GET', 'POST'],
      exposedHeaders: ['x-request-id', 'retry-after'],
      maxAge: 600,
    }) as Middleware,
  ]
  return (req, res) => {
    const requestId = requestIdOf(req)
    res.setHeader('x-request-id', requestId)
    measure(services.metrics, req, res)
    inRequest(requestId, () =>
      runAll(before, req, res, () => {
        if (req.url?.startsWith(rpcPrefix)) void rpc(req, res)
        else if (req.url?.startsWith(restPrefix)) void rest(req, res)
        else pages(req, res)
      }),
    )
  }
}

/** The id that a proxy gave the request, so that its log and ours can be read together; or a new one. */
function requestIdOf(req: IncomingMessage): string {
  const given = req.headers['x-request-id']
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID()
}

/** Every few seconds: no line of the log for each. */
const askedByMachines = ['/healthz', '/readyz', '/metrics']

function logRequests({ log }: Services): Middleware {
  return pinoHttp({
    logger: log,
    // Only what tells the request apart: headers hold tokens, and the query holds inputs.
    serializers: {
      req: ({ method, url }: { method: string; url: string }) => ({
        method,
        path: url.split('?')[0],
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
    wrapSerializers: true,
    // The failure has a line of its own, with its cause; this would be "failed with status code".
    customErrorObject: (_req, _res, _error, { err: _, ...line }) => line,
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? 'error' : 'info'),
    autoLogging: { ignore: ({ url }) => askedByMachines.includes(url ?? '') },
  }) as Middleware
}

function runAll(
  [first, ...rest]: Middleware[],
  req: IncomingMessage,
  res: ServerResponse,
  done: () => void,
): void {
  if (first) first(req, res, () => runAll(rest, req, res, done))
  else done()
}

/** An answer that is no page needs nothing. Pages say themselves what they may load. */
function allowNoContent(_req: IncomingMessage, res: ServerResponse, next: () => void): void {
  res.setHeader('content-security-policy', dataPolicy)
  next()
}

function createPages({
  services,
  readiness,
  metricsToken,
  pages: folders,
}: Pick<AppOptions, 'services' | 'readiness' | 'metricsToken'> & {
  pages: PageFolders | undefined
}): express.Express {
  const pages = express()
  pages.disable('x-powered-by')
  /** The process answers. Must not depend on the database: a restart would not mend that. */
  pages.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' })
  })
  pages.get('/readyz', async (_req, res) => {
    const reason = await readiness()
    if (reason === null) res.json({ status: 'ready' })
    else res.status(503).json({ status: 'not ready', reason })
  })
  pages.use(serveMetrics(services.metrics, metricsToken))
  pages.use(serveDocument())
  pages.use(serveReports(services))
  pages.use(serveAttachments(services))
  if (folders) pages.use(servePages(folders))
  pages.use((_req, res) => {
    res.status(404).json({
      status: 'not found',
      hint: 'Procedures are called below /rpc and /api, see /openapi.json',
    })
  })
  return pages
}
