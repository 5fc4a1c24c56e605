import type { IncomingMessage, ServerResponse } from 'node:http'
import proxyAddress from 'proxy-addr'
import type { HttpCall } from '../context.ts'
import { StockError } from '../errors.ts'

/** `__Host-`: the browser takes it from this host only, over TLS only, for all paths. */
const refreshCookieName = '__Host-stockbook-refresh'

/** Longer ones are cut: it is shown to people, and anybody can write what they like into it. */
const maxUserAgentLength = 300

/**
 * @param proxies how many proxies stand before the server, each of which adds the address it was
 * called from. No more than these are believed: a caller can write what it likes before them.
 */
export function httpCall(req: IncomingMessage, res: ServerResponse, proxies: number): HttpCall {
  const { headers } = req
  return {
    authorization: headers.authorization,
    address: asVersion4(proxyAddress(req, (_address, hop) => hop < proxies)),
    userAgent: headers['user-agent']?.replace(/\p{Cc}/gu, ' ').slice(0, maxUserAgentLength) ?? null,
    refreshCookie() {
      const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim())
      const found = cookies.find((cookie) => cookie.startsWith(`${refreshCookieName}=`))
      return found ? found.slice(refreshCookieName.length + 1) : null
    },
    setRefreshCookie(token, maxAgeSeconds) {
      const age = token === null ? 0 : maxAgeSeconds
      res.setHeader(
        'set-cookie',
        `${refreshCookieName}=${token ?? ''}; Path=/; Max-Age=${age}; HttpOnly; Secure; SameSite=Strict`,
      )
    },
    refuseOtherSites() {
      const site = headers['sec-fetch-site']
      const sameSite = site === undefined || site === 'same-origin'
      if (!sameSite || hostOf(headers.origin) !== headers.host) {
        throw new StockError('CROSS_SITE_REFUSED')
      }
    },
    breakOff: () => void res.destroy(),
  }
}

function hostOf(origin: string | undefined): string | null {
  return origin && URL.canParse(origin) ? new URL(origin).host : null
}

/** Who listens on IPv6 is told of IPv4 callers by mapped addresses: the same caller under another name. */
function asVersion4(address: string): string {
  return address.replace(/^::ffff:(?=\d+(?:\.\d+){3}$)/i, '')
}
