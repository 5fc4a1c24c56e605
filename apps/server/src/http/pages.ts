import { join } from 'node:path'
import { projectFolder } from '@stockbook/db'
import compression from 'compression'
import express from 'express'
import { adminPolicy, floorPolicy } from './contentPolicy.ts'

/** Where the built pages stand: folders that hold an `index.html`. */
export type PageFolders = {
  /** The screen of the warehouse floor, served under `/`. */
  floor: string
  /** The admin panel, served under `/admin`. */
  admin: string
}

/** The pages that a build of this project makes. */
export const builtPages: PageFolders = {
  floor: join(projectFolder, 'apps/floor/dist'),
  admin: join(projectFolder, 'apps/admin/dist'),
}

/** Serves the two applications. What is neither a file nor an address of theirs goes on. */
export function servePages(folders: PageFolders): express.Router {
  const pages = express.Router()
  const admin = serveFiles(folders.admin, adminPolicy)
  pages.use(compression())
  pages.use('/admin', admin, toIndexPage, admin, sayNotBuilt)
  pages.use(serveFiles(folders.floor, floorPolicy))
  pages.use(/^\/$/, sayNotBuilt)
  return pages
}

function serveFiles(folder: string, policy: string): express.Handler {
  const hashed = join(folder, 'assets/')
  return express.static(folder, {
    // The panel's addresses are no folders: none gets a slash behind it.
    redirect: false,
    setHeaders(res, file) {
      res.setHeader('content-security-policy', policy)
      res.setHeader('permissions-policy', 'camera=(self), microphone=(), geolocation=()')
      // The content of a file below assets/ never changes: its hash is in the name.
      const control = file.startsWith(hashed) ? 'public, max-age=31536000, immutable' : 'no-cache'
      res.setHeader('cache-control', control)
    },
  })
}

/** The panel shows a screen for each address below its own; all of them are one file. */
const toIndexPage: express.Handler = (req, _res, next) => {
  // By its name: the folder is found only under an address that ends with a slash.
  if (wantsPage(req)) req.url = '/index.html'
  next()
}

const sayNotBuilt: express.Handler = (req, res, next) => {
  if (!wantsPage(req)) return next()
  res
    .status(503)
    .type('html')
    .send(
      '<!doctype html><html lang="en"><title>Stockbook</title>' +
        '<h1>This page is not built</h1><p>Run <code>npm start</code>, which builds it, or <code>npx pnpm build</code>.</p></html>',
    )
}

/** Whether a person opens the address, and not a program or a part of a page. */
function wantsPage(req: express.Request): boolean {
  return req.method === 'GET' && req.accepts(['json', 'html']) === 'html'
}
