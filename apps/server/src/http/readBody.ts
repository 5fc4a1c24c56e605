import type { IncomingMessage } from 'node:http'
import { TRPCError } from '@trpc/server'

/**
 * The whole body of a request.
 * @throws TRPCError PAYLOAD_TOO_LARGE, or BAD_REQUEST when the caller went before its end
 */
export function readBody(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const read = new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const onData = (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      if (size <= maxBytes) return
      req.off('data', onData)
      chunks.length = 0
      reject(new TRPCError({ code: 'PAYLOAD_TOO_LARGE' }))
    }
    req.on('data', onData)
    req.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    req.once('close', () => {
      if (!req.complete) reject(new TRPCError({ code: 'BAD_REQUEST' }))
    })
  })
  // Whoever is refused for another reason is answered before the body is asked for.
  read.catch(() => {})
  return read
}
