import { setTimeout as sleep } from 'node:timers/promises'
import { createStockbookClient, newCommandId, type StockbookClient } from '@stockbook/client'
import { type TestServer, testPassword } from '../../src/testing/testServer.ts'
import { makeBins, makeProduct, receive } from '../../src/testing/warehouse.ts'
import type { Answer, Command, Journal } from './journal.ts'

type Operator = StockbookClient<'operator'>
type Line = Command['lines'][number]

/** Gives numbers from 0 to less than `bound`, the same ones for the same seed. */
export function createDice(seed: number) {
  let state = seed
  // Mulberry32: small, and good enough to choose what somebody does next.
  return (bound: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound
  }
}

type Dice = ReturnType<typeof createDice>

/** Before somebody asks again who was not told what became of a command. */
const retryMs = 20

/** A server that writers may call, through a client that sends nothing twice by itself. */
export type Target = { url: string; client: Operator; isUp: boolean }

export async function targetAt(url: string): Promise<Target> {
  const auth = { username: 'olga', password: testPassword }
  const client = createStockbookClient({ url, auth, maxRetries: 0 })
  await client.auth.me.query()
  return { url, client, isUp: true }
}

/** Few goods in few places, so that writers meet each other and shortages. */
export async function makeGoods({ admin, operator }: TestServer) {
  const bins = await makeBins(admin, 3)
  const products: string[] = []
  for (let index = 0; index < 2; index++) {
    const { id } = await makeProduct(admin)
    products.push(id)
    for (const bin of bins) await receive(operator, id, bin, 20)
  }
  return { bins, products }
}

type Goods = Awaited<ReturnType<typeof makeGoods>>

/**
 * People who write into the book without a pause, until they are told to stop. One who does not learn
 * what became of a command sends it again at once, or leaves it for later.
 */
export function startWriters(
  count: number,
  {
    journal,
    targets,
    goods,
    seed,
  }: { journal: Journal; targets: Target[]; goods: Goods; seed: number },
) {
  let isStopping = false
  let known = 0
  let whenKnown = () => {}
  let pause = Promise.resolve()
  let resume = () => {}

  async function write(dice: Dice): Promise<void> {
    let mine: number[] = []
    for (;;) {
      await pause
      if (isStopping) return
      const command = { commandId: newCommandId(), lines: linesOf(dice, goods, mine) }
      await journal.intend(command)
      let outcome = await journal.send(...chosen(dice), command)
      const isPatient = dice(2) === 0
      while (!outcome && !isPatient && !isStopping) {
        await sleep(retryMs)
        outcome = await journal.send(...chosen(dice), command)
      }
      if (!outcome) {
        // It may have been a reversal of them, which cannot be done again.
        mine = []
        await sleep(retryMs)
        continue
      }
      mine = outcome.is === 'posted' ? reversible(outcome.answer) : []
      known++
      whenKnown()
    }
  }

  function chosen(dice: Dice): [Operator, string] {
    const up = targets.filter(({ isUp }) => isUp)
    const { client, url } = up[dice(up.length)]!
    return [client, url]
  }

  const working = Array.from({ length: count }, (_, index) => write(createDice(seed + index)))
  const all = Promise.all(working)
  return {
    /** Resolves once so many more commands came to a known end. */
    async more(commands: number): Promise<void> {
      const enough = known + commands
      const reached = (async () => {
        while (known < enough) await new Promise<void>((resolve) => (whenKnown = resolve))
      })()
      await Promise.race([reached, all])
    },
    /** Lets nobody begin another command until `resume`. */
    pause(): void {
      pause = new Promise((resolve) => (resume = resolve))
    },
    resume: () => resume(),
    async stop(): Promise<void> {
      isStopping = true
      resume()
      await all
    },
  }
}

const reversible = ({ movements }: Answer) =>
  movements.filter(({ reversesId }) => reversesId === null).map(({ id }) => id)

function linesOf(dice: Dice, { bins, products }: Goods, mine: readonly number[]): Line[] {
  if (mine.length > 0 && dice(6) === 0) {
    return mine.map((movementId) => ({ type: 'reversal', movementId, reason: 'a mistake' }))
  }
  return Array.from({ length: 1 + dice(3) }, (): Line => {
    const at = dice(bins.length)
    const here = bins[at]!
    const there = bins[(at + 1) % bins.length]!
    const line = { productId: products[dice(products.length)]!, quantity: 1 + dice(9) }
    switch (dice(5)) {
      case 0:
      case 1:
        return { type: 'incoming', ...line, toLocationId: here }
      case 2:
        return { type: 'outgoing', ...line, fromLocationId: here }
      case 3:
        return { type: 'adjustment', ...line, fromLocationId: here, reason: 'lost' }
      default:
        return { type: 'transfer', ...line, fromLocationId: here, toLocationId: there }
    }
  })
}
