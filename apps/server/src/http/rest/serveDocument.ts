import express from 'express'
import { createDocument } from './document.ts'

/** `/openapi.json`: what can be called by REST, for programs that make clients and pages of it. */
export function serveDocument(): express.Router {
  const router = express.Router()
  // Made when first asked for: a start does not wait for it.
  let document: object | undefined
  router.get('/openapi.json', (_req, res) => {
    document ??= createDocument()
    res.setHeader('cache-control', 'no-cache')
    res.json(document)
  })
  return router
}
