import { withDeadline } from '../abort.ts'

/** One message of a stream of server-sent events. */
export type SseMessage = {
  /** `message` when it has no name of its own. */
  event: string
  data: string
  /** `null`: it has none. */
  id: string | null
}

/**
 * Reads a stream of server-sent events message by message, and no faster than they are taken.
 * @param limits `silenceMs`: how long nothing at all may come; what is thrown then comes from `silent`
 */
export async function* sseMessages(
  body: ReadableStream<Uint8Array>,
  limits: { silenceMs: () => number; silent: () => Error; signal: AbortSignal | undefined },
): AsyncGenerator<SseMessage, void, undefined> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) {
      const { done, value } = await withDeadline(
        { timeoutMs: limits.silenceMs(), signal: limits.signal, timedOut: limits.silent },
        () => reader.read(),
      )
      // What no empty line has ended is not whole.
      if (done) return
      text += decoder.decode(value, { stream: true })
      const blocks = text.split(/\r?\n\r?\n/)
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const message = messageOf(block)
        if (message !== null) yield message
      }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

function messageOf(block: string): SseMessage | null {
  const message: SseMessage = { event: 'message', data: '', id: null }
  const data: string[] = []
  for (const line of block.split(/\r?\n/)) {
    const [, field, value = ''] = /^(\w+)(?:: ?(.*))?$/.exec(line) ?? []
    if (field === 'data') data.push(value)
    else if (field === 'event') message.event = value
    else if (field === 'id') message.id = value
  }
  return block.trim() === '' ? null : { ...message, data: data.join('\n') }
}
