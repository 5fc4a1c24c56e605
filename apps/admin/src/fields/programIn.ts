import Bowser from 'bowser'

/** Browser and system by their names. `null`: it is no browser, or one that nobody knows. */
export function programIn(userAgent: string): { browser: string; system: string } | null {
  const { browser, os } = Bowser.parse(userAgent)
  return browser.name && os.name ? { browser: browser.name, system: os.name } : null
}
