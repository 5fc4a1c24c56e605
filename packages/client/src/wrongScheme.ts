/** What TLS says when the other side answers in plain text. */
const notTls = /^EPROTO$|WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/

/** How a connection ends when a server that expects TLS gets plain text. Others may end like this too. */
const maybeTls = /^HPE_INVALID|^UND_ERR_SOCKET$|^ECONNRESET$|other side closed|socket hang up/

/**
 * What to tell when a connection that brought no answer failed as it does under the other scheme.
 * `isCertain`: nothing but another address will help. `null` when it failed in another way.
 * @param reason code or message of the failure
 */
export function wrongScheme(
  origin: string,
  reason: string,
): { hint: string; isCertain: boolean } | null {
  const isHttps = origin.startsWith('https:')
  if (isHttps && notTls.test(reason)) {
    return {
      hint: 'What answers does not speak HTTPS. If it is the server, begin `url` with http://.',
      isCertain: true,
    }
  }
  if (!isHttps && maybeTls.test(reason)) {
    return { hint: 'If the server speaks HTTPS, begin `url` with https://.', isCertain: false }
  }
  return null
}
