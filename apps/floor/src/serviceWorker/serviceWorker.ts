// Keeps the page and its files, so that it opens without a network. It answers for the page itself
// and the files that the page is made of; everything else goes to the server as if it were not there.
declare const self: ServiceWorkerGlobalScope

const cacheName = 'stockbook-floor'
const pageAddress = '/'

/** How long the network may take to give the page, when an older one is kept. */
const patienceMs = 3_000

self.addEventListener('install', (event) => {
  event.waitUntil(takePage().then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== self.location.origin || request.method !== 'GET') return
  if (request.mode === 'navigate' && pathname === pageAddress) event.respondWith(newestPage())
  else if (pathname.startsWith('/assets/')) event.respondWith(keptFile(request))
  else if (ownFiles.includes(pathname)) event.respondWith(newestFile(request))
})

/** Files of the page whose names do not change with their content. */
const ownFiles = ['/icon.svg', '/manifest.webmanifest']

/** Gets the page with all that it names, keeps both, and forgets what no page needs any more. */
async function takePage(): Promise<Response> {
  const cache = await caches.open(cacheName)
  const page = await fetch(pageAddress, { cache: 'no-cache' })
  if (!page.ok) return page
  const text = await page.clone().text()
  const named = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!)
  const kept = await cache.match(pageAddress, { ignoreVary: true })
  if (kept !== undefined && (await kept.text()) === text) return page
  const needed = [...named, ...(await loadedLater(named))]
  // First the files: a page that is kept without them would open as a blank one.
  await cache.addAll([...needed, ...ownFiles])
  await cache.put(pageAddress, page.clone())
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/assets/') && !needed.includes(pathname)) await cache.delete(request)
  }
  return page
}

/** The scripts that the page's own scripts load when they are wanted. What those load in turn is not kept. */
async function loadedLater(paths: readonly string[]): Promise<string[]> {
  const scripts = paths.filter((path) => path.endsWith('.js'))
  const texts = await Promise.all(scripts.map(async (path) => (await fetch(path)).text()))
  const names = texts.flatMap((text) => [
    ...text.matchAll(/import\([`'"]\.\/([\w.-]+\.js)[`'"]\)/g),
  ])
  return [...new Set(names.map(([, name]) => `/assets/${name}`))]
}

async function newestPage(): Promise<Response> {
  const kept = await caches.match(pageAddress, { ignoreVary: true })
  const taken = takePage()
  if (kept === undefined) return taken
  const late = new Promise<Response>((resolve) => setTimeout(resolve, patienceMs, kept))
  const best = taken.then(
    (page) => (page.ok ? page : kept),
    () => kept,
  )
  return Promise.race([best, late])
}

/** A file with a hash in its name never changes: the one that is kept is right. */
async function keptFile(request: Request): Promise<Response> {
  const kept = await caches.match(request, { ignoreVary: true })
  if (kept !== undefined) return kept
  const answer = await fetch(request)
  if (answer.ok) await (await caches.open(cacheName)).put(request, answer.clone())
  return answer
}

async function newestFile(request: Request): Promise<Response> {
  return fetch(request).catch(
    async () => (await caches.match(request, { ignoreVary: true })) ?? Response.error(),
  )
}
