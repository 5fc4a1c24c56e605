import { setTimeout as sleep } from 'node:timers/promises'
import { isStockbookError, type StockbookClient } from '@stockbook/client'
import type { Post, PostInput } from './modelPlaces.ts'

type Operator = StockbookClient<'operator'>
type Posted = Awaited<ReturnType<Post>>
type Held = Awaited<ReturnType<Operator['reservations']['hold']['mutate']>>

type Facts = {
  posted?: Posted
  open?: number
  holdId?: string
  variance?: number
  adjustments?: number
}

/** What a caller learned, without the mark that it was repeated. */
export type Told =
  | ({ is: 'done' } & Facts)
  | { is: 'refused'; code: string; detail: Readonly<Record<string, unknown>> }

/** Whether it was an earlier answer. `null`: the first send was not answered, so nobody can say. */
export type Mark = boolean | null

/** A command, ready to be sent to any server. */
export type Send = (client: Operator) => Promise<Told & { replayed: Mark }>

export function withoutMark({ replayed: _, ...told }: Told & { replayed: Mark }): Told {
  return told
}

export const sendPost =
  (input: PostInput): Send =>
  (client) =>
    toldOfPost(() => client.movements.post.mutate(input))

export async function toldOfPost(send: () => Promise<Posted>) {
  return toldOf(send, (posted) => ({ posted: { ...posted, replayed: false } }))
}

export async function toldOfHold(send: () => Promise<Held>) {
  return toldOf(send, ({ reservation: { open, id } }) => ({ open, holdId: id }))
}

export async function toldOfCount(send: () => Promise<{ variance: number | null }>) {
  const sendUnmarked = async () => ({ ...(await send()), replayed: false })
  return toldOf(sendUnmarked, ({ variance }) => ({ variance: variance! }))
}

export async function toldOfSubmit(send: () => Promise<unknown>) {
  return toldOf(
    () => send().then(() => ({ replayed: false })),
    () => ({}),
  )
}

export async function toldOfApproval(
  send: () => Promise<{ replayed: boolean; adjustments: number }>,
) {
  return toldOf(send, ({ adjustments }) => ({ adjustments }))
}

/** A server that is too busy, or whose answer was lost, is asked again under the same id. */
async function toldOf<Answer extends { replayed: boolean }>(
  send: () => Promise<Answer>,
  factsOf: (answer: Answer) => Facts,
): Promise<Told & { replayed: Mark }> {
  for (let isFirst = true; ; isFirst = false) {
    try {
      const answer = await send()
      return { is: 'done', ...factsOf(answer), replayed: isFirst ? answer.replayed : null }
    } catch (error) {
      if (!isStockbookError(error)) throw error
      if (error.retryable) {
        await sleep(50)
        continue
      }
      const { replayed = false, ...detail } = error.detail
      return { is: 'refused', code: error.code, detail, replayed: isFirst ? !!replayed : null }
    }
  }
}
