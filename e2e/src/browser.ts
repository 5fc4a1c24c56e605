import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { describe } from 'vitest'

const candidates = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const path = candidates.find((candidate) => candidate !== undefined && existsSync(candidate))

/**
 * A suite of tests in a browser. Skipped, and reported as skipped, where there is no Chromium,
 * except with `CI` in the environment: there the run fails.
 */
export const describeInBrowser = path === undefined && !process.env.CI ? describe.skip : describe

/**
 * Starts Chromium without a window.
 * @param flags further switches of Chromium
 * @throws Error when there is none
 */
export function startBrowser(flags: readonly string[] = []): Promise<Browser> {
  if (path === undefined) {
    throw new Error('No Chromium was found. Install one, or say where it is in CHROMIUM_PATH.')
  }
  return chromium.launch({ executablePath: path, args: [...quiet, ...flags] })
}

const quiet = [
  // Chromium refuses to run as root inside its sandbox; it opens our own pages only.
  '--no-sandbox',
  // Nothing may leave the machine by itself.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--no-first-run',
]
