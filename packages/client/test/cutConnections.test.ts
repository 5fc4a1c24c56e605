import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { createStockbookClient } from '../src/index.ts'
import { startServer } from './testServer.ts'

/**
 * A proxy whose first connection breaks after so many bytes in one direction: `up` towards the
 * server, `down` towards the client. Later connections are whole.
 */
async function breakingProxy(target: string, direction: 'up' | 'down', bytes: number) {
  const sockets = new Set<Socket>()
  const carried = { up: 0, down: 0 }
  let first = true
  const proxy = createServer((down) => {
    const up = connect(Number(new URL(target).port), '127.0.0.1')
    const breaks = first
    first = false
    let left = bytes
    const forward = (from: Socket, to: Socket, way: 'up' | 'down') => {
      from.on('data', (chunk) => {
        carried[way] += chunk.length
        if (!breaks || way !== direction) return void to.write(chunk)
        const part = chunk.subarray(0, left)
        left -= part.length
        to.write(part, () => {
          if (left === 0) for (const socket of [up, down]) socket.destroy()
        })
      })
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
      sockets.add(from)
    }
    forward(down, up, 'up')
    forward(up, down, 'down')
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    carried,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}

const line = {
  type: 'incoming' as const,
  productId: '018f4e3c-0000-7000-8000-000000000001',
  toLocationId: '018f4e3c-0000-7000-8000-000000000002',
  quantity: 1,
}

for (const direction of ['up', 'down'] as const) {
  test(`wherever a command’s bytes ${direction} are cut, it is answered, under one id`, async () => {
    const idsByReference = new Map<string, Set<string>>()
    await using server = await startServer({
      'movements.post': ({ commandId, reference }: { commandId: string; reference: string }) => {
        idsByReference.set(reference, (idsByReference.get(reference) ?? new Set()).add(commandId))
        return { commandId }
      },
    })
    const post = async (bytes: number) => {
      await using proxy = await breakingProxy(server.url, direction, bytes)
      const client = createStockbookClient({ url: proxy.url })
      const reference = String(bytes).padStart(16, '0')
      const { commandId } = await client.movements.post.mutate({ reference, lines: [line] })
      expect(idsByReference.get(reference)).toEqual(new Set([commandId]))
      return proxy.carried[direction]
    }
    const whole = await post(Number.MAX_SAFE_INTEGER)
    const cuts = Array.from({ length: 40 }, (_, index) => 1 + Math.floor((index * whole) / 40))
    const carried = await Promise.all(cuts.map(post))
    expect(whole).toBeGreaterThan(200)
    for (const [index, bytes] of carried.entries()) expect(bytes).toBeGreaterThan(cuts[index] ?? 0)
  })
}
