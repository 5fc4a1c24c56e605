import { newCommandId } from '@stockbook/client'
import { binId, productId, products } from './warehouse.ts'

/** A command as `movements.post` takes it: single pieces of so many different products go out. */
export function shipment(ofProducts: number, lines = 1) {
  const first = Math.floor(Math.random() * ofProducts)
  return {
    commandId: newCommandId(),
    lines: Array.from({ length: lines }, (_none, index) => {
      const number = (first + index) % products
      return {
        type: 'outgoing' as const,
        productId: productId(number),
        fromLocationId: binId(number),
        quantity: 1,
      }
    }),
  }
}

export type Load = {
  /** Among how many products each command chooses. */
  ofProducts: number
  /** How many lines a command has. Default 1. */
  lines?: number
  callers: number
  seconds: number
}

export type Posted = {
  /** Of all commands that were answered. */
  commandIds: string[]
  lines: number
  linesPerSecond: number
  /** How long each took, in milliseconds. */
  times: number[]
}

/** Posts from several callers for a while, each waiting for its answer before the next command. */
export async function postFrom(
  callers: readonly ((command: ReturnType<typeof shipment>) => Promise<{ commandId: string }>)[],
  { ofProducts, lines = 1, seconds }: Load,
): Promise<Posted> {
  const commandIds: string[] = []
  const times: number[] = []
  const begun = performance.now()
  const until = begun + seconds * 1000
  await Promise.all(
    callers.map(async (post) => {
      for (let sent = performance.now(); sent < until; ) {
        const command = shipment(ofProducts, lines)
        const { commandId } = await post(command)
        if (commandId !== command.commandId) throw new Error('an answer of another command')
        commandIds.push(commandId)
        const answered = performance.now()
        times.push(answered - sent)
        sent = answered
      }
    }),
  )
  const posted = commandIds.length * lines
  const linesPerSecond = posted / ((performance.now() - begun) / 1000)
  return { commandIds, lines: posted, linesPerSecond, times }
}
