import type { Page } from 'playwright-core'

/** Notes what a page of ours must never do: fail, ask another host, break its content policy. */
export function watch(page: Page, url: string, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`${page.url()} failed: ${error.message}`))
  page.on('request', (request) => {
    const address = request.url()
    const isOurs = address.startsWith(url) || /^(data|blob):/.test(address)
    if (!isOurs) faults.push(`${page.url()} asked another host: ${address}`)
  })
  page.on('console', (message) => {
    const text = message.text()
    if (/content security policy/i.test(text)) {
      faults.push(`${page.url()} broke its content policy: ${text}`)
    }
  })
}
