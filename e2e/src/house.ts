import { builtPages } from '@stockbook/server/src/http/pages.ts'
import { startTestServer, type TestServer } from '@stockbook/server/src/testing/testServer.ts'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { startBrowser } from './browser.ts'
import { watch } from './watch.ts'

/** A whole Stockbook: server, database of its own, the built pages and a browser. Gone at scope end. */
export type House = AsyncDisposable & {
  /** The server, with clients signed in as operator and as administrator to prepare and look with. */
  server: TestServer
  browser: Browser
  /**
   * A page of somebody who has just come: no cookies, nothing stored, nobody signed in. Everything
   * that a page of ours must not do (errors, foreign requests, broken content policy) is noted.
   */
  newPage(options?: BrowserContextOptions): Promise<Page>
  /** What pages did that they must not. Empty in a sound house. */
  faults: string[]
}

/** @param flags further switches of Chromium */
export async function openHouse(flags?: readonly string[]): Promise<House> {
  const browser = await startBrowser(flags)
  const server = await startTestServer(undefined, builtPages)
  const faults: string[] = []
  return {
    server,
    browser,
    faults,
    async newPage(options) {
      const context = await browser.newContext({
        baseURL: server.url,
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
        ...options,
      })
      context.setDefaultTimeout(15_000)
      const page = await context.newPage()
      watch(page, server.url, faults)
      return page
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
      await server[Symbol.asyncDispose]()
    },
  }
}
